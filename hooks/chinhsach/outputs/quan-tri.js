// The form at /quan-tri/: how Decap CMS reads and writes an entry, and its words about publishing (docs/adr/022).
"use strict";

window.CMS_MANUAL_INIT = true;

document.addEventListener("DOMContentLoaded", () => {
  const { CMS, jsyaml } = window;
  const lists = document.body.dataset.danhSach.split(" ");
  const order = document.body.dataset.thuTu.split(" ");
  const asText = { schema: jsyaml.FAILSAFE_SCHEMA };

  // Every scalar stays text, as the project's own reader has it: 0912… keeps its zero, «co» stays a word.
  function fromFile(text) {
    const whole = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").normalize("NFC");
    const found = /^---[ \t]*\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/.exec(whole);
    if (!found) throw new Error("Tệp không có phần khóa nằm giữa hai dòng ---");
    const data = jsyaml.load(found[1] || "", asText) || {};
    for (const key of lists) {
      if (typeof data[key] === "string" && data[key]) data[key] = [data[key]];
    }
    return { ...data, body: whole.slice(found[0].length).replace(/^\n+/, "") };
  }

  // What was left empty is left out: an empty key would be read as one that is missing.
  function filled(value) {
    if (Array.isArray(value)) {
      const items = value.map(filled).filter((item) => item !== undefined);
      return items.length ? items : undefined;
    }
    if (value !== null && typeof value === "object") {
      const pairs = Object.entries(value).map(([key, item]) => [key, filled(item)]).filter(([, item]) => item !== undefined);
      return pairs.length ? Object.fromEntries(pairs) : undefined;
    }
    const text = value === null || value === undefined ? "" : String(value).trim();
    return text === "" ? undefined : text;
  }

  function toFile({ body = "", ...data }) {
    const kept = filled(data) || {};
    const place = (key) => (order.includes(key) ? order.indexOf(key) : order.length);
    const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => place(a) - place(b)));
    const front = jsyaml.dump(sorted, { ...asText, lineWidth: -1, noRefs: true, quotingType: '"' });
    return `---\n${front}---\n\n${(body || "").replace(/^\n+/, "").replace(/\s*$/, "")}\n`;
  }

  // The button does not publish: it asks to be merged, and a protected branch refuses (decap-cms#1929).
  function reworded(words) {
    if (typeof words === "string") {
      return words.replace(/Công bố/g, "Nhận vào kho").replace(/công bố/g, "nhận vào kho");
    }
    return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, reworded(value)]));
  }

  // Words that Decap 3.16 does not have in Vietnamese yet, or has for programmers.
  const missing = {
    collection: {
      collectionTop: { viewAsList: "Xem thành danh sách", viewAsGrid: "Xem thành ô", groupBy: "Xếp theo nhóm" },
      entries: { unpublishedHeader: "Chưa nhận vào kho" },
      groups: { other: "Khác", negateLabel: "Không phải %{label}" },
    },
    editor: {
      editorControl: { field: { widgetLabel: "Ô %{widgetLabel}" } },
      editorInterface: {
        togglePreview: "Bật, tắt xem thử", toggleScrollSync: "Cuộn cùng nhau", toggleNotes: "Bật, tắt lời nhắn",
      },
      editorNotesPane: {
        title: "Lời nhắn", emptyState: "Chưa có lời nhắn nào.", addNote: "Thêm lời nhắn", addPlaceholder: "Viết lời nhắn…",
        editPlaceholder: "Sửa lời nhắn…", save: "Lưu", cancel: "Thôi", edit: "Sửa", delete: "Xóa", resolve: "Xong",
        unresolve: "Mở lại", confirmDelete: "Xóa lời nhắn này?", shortcut: "Bấm Ctrl+Enter để thêm nhanh",
      },
      editorToolbar: {
        statusInfoTooltipDraft: "Tin đang viết. Viết xong thì chọn «Đang xét duyệt» để xin duyệt.",
        statusInfoTooltipInReview: "Tin đang được xét duyệt; vẫn sửa thêm được.",
      },
      editorWidgets: {
        markdown: {
          bold: "Đậm", italic: "Nghiêng", strikethrough: "Gạch ngang", code: "Mã", link: "Liên kết",
          linkPrompt: "Địa chỉ của liên kết", headings: "Đề mục", quote: "Trích dẫn", bulletedList: "Danh sách",
          numberedList: "Danh sách đánh số", addComponent: "Thêm",
        },
        image: {
          chooseMultiple: "Chọn hình", chooseUrl: "Ghi địa chỉ hình", replaceUrl: "Thay bằng địa chỉ khác",
          promptUrl: "Địa chỉ của hình", addMore: "Thêm hình", removeAll: "Bỏ hết hình",
        },
        file: {
          chooseMultiple: "Chọn tệp", chooseUrl: "Ghi địa chỉ tệp", replaceUrl: "Thay bằng địa chỉ khác",
          promptUrl: "Địa chỉ của tệp", addMore: "Thêm tệp", removeAll: "Bỏ hết tệp",
        },
        list: { add: "Thêm %{item}", addType: "Thêm %{item}" },
        object: { expand: "Mở ra", collapse: "Thu lại" },
      },
    },
    mediaLibrary: {
      mediaLibraryCard: {
        copy: "Chép", copyUrl: "Chép địa chỉ", copyPath: "Chép đường dẫn", copyName: "Chép tên", copied: "Đã chép",
      },
      mediaLibraryModal: { close: "Đóng" },
    },
    ui: {
      settingsDropdown: { account: "Tài khoản" },
      errorBoundary: { reportIt: "báo người giữ kho." },
    },
  };

  function together(words, more) {
    const both = { ...words };
    for (const [key, value] of Object.entries(more)) {
      both[key] = typeof value === "object" ? together(both[key] || {}, value) : value;
    }
    return both;
  }

  CMS.registerCustomFormat("tin", "md", { fromFile, toFile });
  CMS.registerLocale("vi", reworded(together(CMS.getLocale("vi"), missing)));
  window.quanTri = { fromFile, toFile };
  CMS.init();
});
