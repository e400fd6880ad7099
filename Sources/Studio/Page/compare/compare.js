export const compare = { show() {} };
