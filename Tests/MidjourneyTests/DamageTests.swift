import Midjourney
import Testing
import Torch

@Suite struct DamageTests {
    private let source = RandomSource(seed: 5)

    @Test func everyPictureIsChangedAndStaysInRange() {
        let pictures = Tensor.uniform([40, 3, 16, 12], from: -1, to: 1, using: source)
        var asked = 0
        let damage = Damage { pictures, visible in
            asked += pictures.size(0)
            return pictures * visible
        }
        let found = damage(pictures, using: source)
        #expect(found.shape == pictures.shape)
        #expect(found.absolute().max().item() <= 1)
        let changes = (found - pictures).absolute().mean(over: [1, 2, 3]).floats()
        #expect(changes.allSatisfy { $0 > 0.01 }, "\(changes)")
        #expect(asked == 8)
    }

    @Test func fewPicturesAreEnough() {
        let picture = Tensor.uniform([1, 1, 8, 8], from: -1, to: 1, using: source)
        for _ in 0..<8 {
            #expect(Damage(restored: nil)(picture, using: source).shape == picture.shape)
        }
    }

    @Test func blackStaysBlackUnderBlur() {
        let black = Tensor.full([4, 1, 8, 8], -1)
        var seen = false
        for seed in 0..<8 {
            let found = Damage(restored: nil)(black, using: RandomSource(seed: UInt64(seed)))
            // One of four pictures is blurred, one made small and large again.
            let same = (found - black).absolute().sum(over: [1, 2, 3]).isLess(than: 1e-4)
            seen = same.converted(to: .float32).sum().item() >= 2
            #expect(seen)
        }
    }

    @Test func masksHideOneBlock() {
        let pictures = Tensor.zeros([200, 1, 10, 10])
        let visible = Damage.visible(like: pictures, using: source)
        #expect(visible.shape == [200, 1, 10, 10])
        let hidden = (1 - visible).mean(over: [1, 2, 3]).floats()
        #expect(hidden.allSatisfy { $0 > 0.15 && $0 < 0.9 })
    }
}
