import Adversarial
import Testing
import Training

@Suite struct RooflineTests {
    @Test func bordersAreLeftOut() {
        // Of 7 · 5 taps along a line, 2 + 1 fall on each border.
        #expect(DCGAN.taps(7, 7, 5, 1) == 29 * 29)
        // With stride 2, one falls on the border in front and two on that behind.
        #expect(DCGAN.taps(14, 14, 5, 2) == 32 * 32)
        #expect(DCGAN.taps(4, 6, 1, 1) == 24)
    }

    @Test func productsOfTheSeedsStep() {
        // Dense, 256 to 128, 128 to 64, 64 to 1; then 1 to 64, 64 to 128 and the last layer.
        let generator =
            2 * 100 * 12_544 + 3 * (256 * 128 * 841 + 128 * 64 * 1024 + 64 * 67 * 67)
        let discriminator = 5 * 64 * 67 * 67 + 6 * 64 * 128 * 1024 + 6 * 6272
        #expect(
            DCGAN.products(
                DCGAN.Settings(),
                for: ImageSpec(height: 28, width: 28, channels: 1)
            ) == generator + discriminator
        )
    }
}
