export const train = { show() {} };
