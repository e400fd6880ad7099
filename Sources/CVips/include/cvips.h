#pragma once
void cvips_test(void);
