"""Word pieces, and the vectors that training begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

PADDING, UNKNOWN = "[PAD]", "[UNK]"
_WINDOW = 5
_AT_ONCE = 20_000
_RARE = 1e-4
"""A piece that makes up this share of the text counts half; the more common a piece is, the less it tells."""


def make_tokenizer(sentences: Sequence[str], pieces: int) -> Tokenizer:
    """A unigram model over lower-case words, digits and punctuation.

    There is no mark of where a word begins, so that 'samverkan' has the same vector alone and inside a compound.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex("[\u00ad\u200b]"), ""), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=pieces,
        special_tokens=[PADDING, UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=20,
        show_progress=False,
    )
    tokenizer.train_from_iterator(sentences, trainer)
    return tokenizer


def first_vectors(tokenizer: Tokenizer, sentences: Sequence[str], dimension: int) -> NDArray[np.float32]:
    """What pieces stand near which (positive pointwise mutual information); those of common pieces are short."""
    import scipy.sparse as sparse
    from sklearn.utils.extmath import randomized_svd

    size = tokenizer.get_vocab_size()
    counts = np.zeros(size)
    near = sparse.csr_matrix((size, size))
    for first in range(0, len(sentences), _AT_ONCE):
        encoded = tokenizer.encode_batch_fast(list(sentences[first : first + _AT_ONCE]), add_special_tokens=False)
        # Sentences are kept from each other by gaps as wide as the window.
        row = np.concatenate([np.array([*encoding.ids, *[-1] * _WINDOW], dtype=np.int64) for encoding in encoded])
        counts += np.bincount(row[row >= 0], minlength=size)
        for distance in range(1, _WINDOW + 1):
            left, right = row[:-distance], row[distance:]
            both = (left >= 0) & (right >= 0)
            weights = np.full(int(both.sum()), 1.0 / distance)
            near += sparse.csr_matrix((weights, (left[both], right[both])), shape=(size, size))
    near = (near + near.T).tocoo()
    share = np.asarray(near.sum(axis=1)).ravel()
    # Raised to 0.75, so that rare neighbours do not count for more than they tell.
    context = share**0.75
    context /= max(context.sum(), 1.0)
    told = np.log(near.data / (share[near.row] * context[near.col]))
    kept = told > 0
    information = sparse.csr_matrix((told[kept], (near.row[kept], near.col[kept])), shape=(size, size))
    left, values, _ = randomized_svd(information, min(dimension, size - 1), random_state=1)
    vectors = np.zeros((size, dimension))
    vectors[:, : len(values)] = left * np.sqrt(values)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    vectors *= (_RARE / (_RARE + counts / max(counts.sum(), 1.0)))[:, None]
    return vectors.astype(np.float32)
