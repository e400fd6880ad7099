export const library = { show() {} };
