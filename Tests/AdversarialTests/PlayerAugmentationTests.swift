import Adversarial
import Neural
import Runs
import Settings
import TestSupport
import Testing
import Torch

@Suite struct PlayerAugmentationTests {
    private let source = RandomSource(seed: 8)

    private func judge(_ channels: Int = 3) -> any Discriminator {
        LinearDiscriminator(.normal([1, channels, 8, 8], using: source))
    }

    private func augmented(
        _ pictures: Tensor,
        _ policy: [DiffAugment.Change],
        seed: UInt64 = 5
    ) -> Tensor {
        var settings = DiffAugment.Settings()
        settings.policy = policy
        let spec = ImageSpec(height: 8, width: 8, channels: pictures.size(1))
        return DiffAugment(settings, for: spec)(
            pictures,
            seenBy: judge(pictures.size(1)),
            images: 0,
            using: RandomSource(seed: seed)
        )
    }

    @Test func shiftsAreByWholePixelsAndFillWithZeros() {
        let picture = Tensor.uniform([1, 1, 8, 8], from: 1, to: 2, using: source)
        var seen: Set<[Int]> = []
        for seed in 0..<40 {
            let moved = augmented(picture, [.translation], seed: UInt64(seed))
            // An eighth of eight pixels is one.
            for down in -1...1 {
                for across in -1...1 {
                    let whole = picture.padded([1, 1, 1, 1])
                        .sliced(1 + down..<9 + down, along: 2)
                        .sliced(1 + across..<9 + across, along: 3)
                    if mismatch(moved, whole, tolerance: 0) == nil { seen.insert([down, across]) }
                }
            }
        }
        #expect(seen.count == 9)
    }

    @Test func cutoutsHideASquare() {
        let picture = Tensor.ones([64, 1, 8, 8])
        let hidden = (1 - augmented(picture, [.cutout])).sum(over: [1, 2, 3]).doubles()
        #expect(hidden.max() == 16)
        #expect(hidden.allSatisfy { $0 >= 4 && $0 <= 16 })
    }

    @Test func coloursKeepTheirRangesAndTransparency() {
        let grey = Tensor.zeros([200, 3, 2, 2])
        let bright = augmented(grey, [.color]).mean(over: [1, 2, 3]).doubles()
        #expect(bright.max() ?? 0 > 0.4 && bright.max() ?? 1 <= 0.5)
        #expect(bright.min() ?? 0 < -0.4 && bright.min() ?? -1 >= -0.5)
        let pictures = Tensor.uniform([4, 4, 8, 8], from: -1, to: 1, using: source)
        let changed = augmented(pictures, [.color])
        #expect(
            mismatch(
                changed.sliced(3..<4, along: 1),
                pictures.sliced(3..<4, along: 1),
                tolerance: 1e-6
            ) == nil
        )
        let empty = Tensor.full([2, 4, 8, 8], -1)
        #expect(
            mismatch(augmented(empty, DiffAugment.Change.allCases), empty, tolerance: 1e-6) == nil
        )
    }

    @Test func derivativesPassTwice() {
        let pictures = Tensor.normal([2, 3, 8, 8], dtype: .float64, using: source)
            .sliced(0..<4, along: 2).sliced(0..<4, along: 3)
        let found = GradientCheck().mismatch(at: [pictures]) { [self] in
            augmented($0[0], DiffAugment.Change.allCases).squared()
        }
        #expect(found == nil)
    }

    @Test func noiseFadesAsScheduled() {
        var settings = InstanceNoise.Settings()
        settings.deviation = Scheduled(from: 0.5, to: 0, overImages: 100)
        let noise = InstanceNoise(settings, for: ImageSpec(height: 8, width: 8, channels: 3))
        let pictures = Tensor.zeros([50, 3, 8, 8])
        func deviation(_ images: Int) -> Double {
            noise(pictures, seenBy: judge(), images: images, using: source)
                .squared().mean().squareRoot().item()
        }
        #expect(abs(deviation(0) - 0.5) < 0.02)
        #expect(abs(deviation(50) - 0.25) < 0.02)
        #expect(deviation(100) == 0)
    }

    /// A discriminator that looks at one bright corner makes the crops show it.
    @Test func cropsAreWhereTheDiscriminatorLooks() {
        var settings = AttentionCrop.Settings()
        settings.probability = 1
        settings.smallest = 0.5
        let spec = ImageSpec(height: 8, width: 8, channels: 1)
        let crop = AttentionCrop(settings, for: spec)
        var values = [Float](repeating: 0, count: 64)
        values[0] = 1
        let picture = Tensor(values, shape: [1, 1, 8, 8])
        let many = picture.expanded([64, 1, 8, 8]).contiguous()
        let cropped = crop(many, seenBy: judge(1), images: 0, using: source)
        // A crop of the corner holds the bright pixel and enlarges it.
        let sums = cropped.sum(over: [1, 2, 3]).doubles()
        #expect(sums.allSatisfy { $0 > 1 })
        let attention = AttentionCrop.attention(of: judge(1), on: picture)
        #expect(attention?.flattened().argmax(along: 0).item() == 0)
        settings.probability = 0
        let same = AttentionCrop(settings, for: spec)(
            many,
            seenBy: judge(1),
            images: 0,
            using: source
        )
        #expect(mismatch(same, many, tolerance: 1e-6) == nil)
    }

    @Test func placesBetweenPixelsAreMeans() {
        let pictures = Tensor.normal([2, 3, 5, 4], dtype: .float64, using: source)
        let places = Tensor.uniform(
            [2, 6, 7, 2],
            from: -1.3,
            to: 1.3,
            dtype: .float64,
            using: source
        )
        let found = pictures.bilinearlySampled(at: places)
        #expect(mismatch(found, pictures.sampled(at: places), tolerance: 1e-12) == nil)
        let check = GradientCheck().mismatch(at: [pictures.sliced(0..<1, along: 0)]) {
            $0[0].bilinearlySampled(at: places.sliced(0..<1, along: 0)).squared()
        }
        #expect(check == nil)
    }
}
