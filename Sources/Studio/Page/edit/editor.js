export const editor = { show() {} };
