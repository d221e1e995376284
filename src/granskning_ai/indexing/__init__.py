"""The stage that makes documents findable: a lexical and a dense index derived from the store, and search over them."""
