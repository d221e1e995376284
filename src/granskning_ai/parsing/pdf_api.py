"""PDFium's functions with plain integers for handles: ctypes' own conversions cost more than most of the calls."""

from __future__ import annotations

import ctypes
from typing import Any

_HANDLE, _INT, _UINT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float

Raw = Any
"""A module, function or handle of pypdfium2's raw interface, which has no types."""
Matrix = tuple[float, float, float, float, float, float]


class Api:
    """The calls that are made once for each character or object of a page."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.char_count = _bind(raw.FPDFText_CountChars, _INT, _HANDLE)
        self.unicode_at = _bind(raw.FPDFText_GetUnicode, _UINT, _HANDLE, _INT)
        self.object_at = _bind(raw.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
        self._char_box = _bind(raw.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _HANDLE)
        self._glyph_box = _bind(raw.FPDFText_GetCharBox, _INT, _HANDLE, _INT, *[ctypes.POINTER(ctypes.c_double)] * 4)
        self._char_matrix = _bind(raw.FPDFText_GetMatrix, _INT, _HANDLE, _INT, _HANDLE)
        self.page_objects = _bind(raw.FPDFPage_CountObjects, _INT, _HANDLE)
        self.page_object = _bind(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
        self.form_objects = _bind(raw.FPDFFormObj_CountObjects, _INT, _HANDLE)
        self.form_object = _bind(raw.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
        self.kind = _bind(raw.FPDFPageObj_GetType, _INT, _HANDLE)
        self.mcid = _bind(raw.FPDFPageObj_GetMarkedContentID, _INT, _HANDLE)
        self.mark_count = _bind(raw.FPDFPageObj_CountMarks, _INT, _HANDLE)
        self.mark = _bind(raw.FPDFPageObj_GetMark, _HANDLE, _HANDLE, ctypes.c_ulong)
        self._mark_name = _bind(
            raw.FPDFPageObjMark_GetName, _INT, _HANDLE, _HANDLE, ctypes.c_ulong, ctypes.POINTER(ctypes.c_ulong)
        )
        self.font = _bind(raw.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
        self._font_size = _bind(raw.FPDFTextObj_GetFontSize, _INT, _HANDLE, ctypes.POINTER(_FLOAT))
        self.render_mode = _bind(raw.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
        self._fill = _bind(raw.FPDFPageObj_GetFillColor, _INT, _HANDLE, *[ctypes.POINTER(_UINT)] * 4)
        self._object_matrix = _bind(raw.FPDFPageObj_GetMatrix, _INT, _HANDLE, _HANDLE)
        self._bounds = _bind(raw.FPDFPageObj_GetBounds, _INT, _HANDLE, *[ctypes.POINTER(_FLOAT)] * 4)
        self.see_through = _bind(raw.FPDFPageObj_HasTransparency, _INT, _HANDLE)
        self._draw_mode = _bind(raw.FPDFPath_GetDrawMode, _INT, _HANDLE, *[ctypes.POINTER(_INT)] * 2)
        self.segment_count = _bind(raw.FPDFPath_CountSegments, _INT, _HANDLE)
        self.segment = _bind(raw.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _INT)
        self.segment_kind = _bind(raw.FPDFPathSegment_GetType, _INT, _HANDLE)
        self.segment_closes = _bind(raw.FPDFPathSegment_GetClose, _INT, _HANDLE)
        self._segment_point = _bind(raw.FPDFPathSegment_GetPoint, _INT, _HANDLE, *[ctypes.POINTER(_FLOAT)] * 2)
        self._rect, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._floats = [_FLOAT() for _ in range(4)]
        self._doubles = [ctypes.c_double() for _ in range(4)]
        self._uints = [_UINT() for _ in range(4)]
        self._ints = [_INT() for _ in range(2)]
        self._float_refs = [ctypes.byref(value) for value in self._floats]
        self._uint_refs = [ctypes.byref(value) for value in self._uints]
        self._int_refs = [ctypes.byref(value) for value in self._ints]
        self._rect_ref, self._matrix_ref = ctypes.addressof(self._rect), ctypes.addressof(self._matrix)
        self._name, self._name_size = ctypes.create_string_buffer(64), ctypes.c_ulong()

    def char_box(self, text: int, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a character's advance box in the page's own space."""
        box = self._rect
        self._char_box(text, index, self._rect_ref)
        return box.left, box.top, box.right, box.bottom

    def glyph_span(self, text: int, index: int) -> tuple[float, float]:
        """Top and bottom of a character's own shape in the page's own space."""
        _, _, bottom, top = self._doubles
        self._glyph_box(text, index, *(ctypes.byref(value) for value in self._doubles))
        return top.value, bottom.value

    def char_matrix(self, text: int, index: int) -> Matrix:
        """The matrix from text to page."""
        self._char_matrix(text, index, self._matrix_ref)
        return self._read_matrix()

    def object_matrix(self, item: int) -> Matrix:
        """The matrix of an object within its page or form."""
        if not self._object_matrix(item, self._matrix_ref):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return self._read_matrix()

    def _read_matrix(self) -> Matrix:
        matrix = self._matrix
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def font_size(self, item: int) -> float:
        """The type size before the matrix."""
        self._font_size(item, self._float_refs[0])
        return float(self._floats[0].value)

    def fill(self, item: int) -> tuple[int, int, int, int] | None:
        """Red, green, blue and alpha of the fill; None where it is a pattern."""
        if not self._fill(item, *self._uint_refs):
            return None
        red, green, blue, alpha = self._uints
        return red.value, green.value, blue.value, alpha.value

    def bounds(self, item: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top of an object."""
        if not self._bounds(item, *self._float_refs):
            return None
        left, bottom, right, top = self._floats
        return left.value, bottom.value, right.value, top.value

    def draw_mode(self, item: int) -> tuple[bool, bool]:
        """Whether a path is filled, and whether it is stroked."""
        self._draw_mode(item, *self._int_refs)
        return bool(self._ints[0].value), bool(self._ints[1].value)

    def segment_point(self, segment: int) -> tuple[float, float]:
        """The end point of a path's segment."""
        self._segment_point(segment, self._float_refs[0], self._float_refs[1])
        return self._floats[0].value, self._floats[1].value

    def is_artifact(self, item: int) -> bool:
        """Whether the file declares the object decoration."""
        for index in range(self.mark_count(item)):
            mark = self.mark(item, index)
            if self._mark_name(mark, ctypes.addressof(self._name), 64, ctypes.byref(self._name_size)):
                name = self._name.raw[: max(0, self._name_size.value - 2)]
                if name == b"A\0r\0t\0i\0f\0a\0c\0t\0":
                    return True
        return False


def _bind(function: Raw, result: Raw, *arguments: Raw) -> Raw:
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def address_of(handle: Raw) -> int:
    """The address that a typed handle holds."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
