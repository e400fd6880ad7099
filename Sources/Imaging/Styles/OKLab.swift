import Foundation

/// The space in which equal distances look equal.
///
/// Source: Ottosson, "A perceptual color space for image processing", 2020.
public enum OKLab {
    /// Lightness, green to red, blue to yellow, of sRGB values.
    public static func encode(_ color: SIMD4<Float>) -> SIMD4<Float> {
        let red = linear(color.x)
        let green = linear(color.y)
        let blue = linear(color.z)
        let long = cbrtf(0.412_221_47 * red + 0.536_332_54 * green + 0.051_445_99 * blue)
        let middle = cbrtf(0.211_903_5 * red + 0.680_699_55 * green + 0.107_396_96 * blue)
        let short = cbrtf(0.088_302_46 * red + 0.281_718_84 * green + 0.629_978_7 * blue)
        return SIMD4(
            0.210_454_26 * long + 0.793_617_8 * middle - 0.004_072_05 * short,
            1.977_998_5 * long - 2.428_592_2 * middle + 0.450_593_7 * short,
            0.025_904_04 * long + 0.782_771_77 * middle - 0.808_675_77 * short,
            0
        )
    }

    /// sRGB values within 0 and 1.
    public static func decode(_ lab: SIMD4<Float>) -> SIMD4<Float> {
        let long = lab.x + 0.396_337_78 * lab.y + 0.215_803_76 * lab.z
        let middle = lab.x - 0.105_561_346 * lab.y - 0.063_854_17 * lab.z
        let short = lab.x - 0.089_484_18 * lab.y - 1.291_485_5 * lab.z
        let l = long * long * long
        let m = middle * middle * middle
        let s = short * short * short
        return SIMD4(
            gamma(4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s),
            gamma(-1.268_438 * l + 2.609_757_4 * m - 0.341_319_4 * s),
            gamma(-0.004_196_086 * l - 0.703_418_6 * m + 1.707_614_7 * s),
            1
        )
    }

    private static func linear(_ value: Float) -> Float {
        value <= 0.040_45 ? value / 12.92 : powf((value + 0.055) / 1.055, 2.4)
    }

    private static func gamma(_ value: Float) -> Float {
        let light = min(max(value, 0), 1)
        return light <= 0.003_130_8 ? 12.92 * light : 1.055 * powf(light, 1 / 2.4) - 0.055
    }
}
