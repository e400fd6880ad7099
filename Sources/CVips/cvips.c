#include "cvips.h"
#include <vips/vips.h>
void cvips_test(void) { vips_init("x"); }
