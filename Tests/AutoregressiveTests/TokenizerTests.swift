import Autoregressive
import Neural
import TestSupport
import Testing
import Torch

@Suite struct TokenizerTests {
    private let source = RandomSource(seed: 15)

    @Test(arguments: [(4, [8, 12], 1), (8, [8, 8, 12], 3), (16, [4, 8, 8, 12], 2)])
    func shapes(_ factor: Int, _ widths: [Int], _ groups: Int) {
        var settings = Tokenizer.Settings()
        settings.widths = widths
        (settings.codes, settings.groups) = (20, groups)
        let tokenizer = Tokenizer(settings, channels: 4, using: source)
        let pictures = Tensor.uniform([2, 4, 32, 48], from: -1, to: 1, using: source)
        let (restored, quantised) = tokenizer(pictures)
        #expect(restored.shape == pictures.shape)
        #expect(quantised.codes.shape == [2, 32 / factor, 48 / factor * groups])
        let codes = tokenizer.codes(of: pictures)
        #expect(codes.shape == [2, 32 * 48 / factor / factor * groups])
        let again = tokenizer.pictures(of: codes, rows: 32 / factor, columns: 48 / factor)
        #expect(mismatch(again, restored, tolerance: 1e-5) == nil)
    }

    /// Further maps of the decoder change neither codes nor sizes, and leave fewer pixels to rearrange.
    @Test(arguments: [[], [6], [6, 5]]) func detail(_ detail: [Int]) {
        var settings = Tokenizer.Settings()
        (settings.patch, settings.widths) = (4, [8, 12])
        settings.detail = detail
        let tokenizer = Tokenizer(settings, channels: 4, using: RandomSource(seed: 16))
        let pictures = Tensor.uniform([2, 4, 16, 24], from: -1, to: 1, using: source)
        let (restored, quantised) = tokenizer(pictures)
        #expect(restored.shape == pictures.shape)
        #expect(quantised.codes.shape == [2, 2, 3])
        let side = 4 >> detail.count
        #expect(tokenizer.decoder.lastWeight.size(0) == side * side * 4)
        settings.detail = []
        let plain = Tokenizer(settings, channels: 4, using: RandomSource(seed: 16))
        #expect(
            plain.codes(of: pictures).elements(as: Int.self)
                == tokenizer.codes(of: pictures).elements(as: Int.self)
        )
    }

    /// What is far away changes nothing, and what is moved by whole places has the same vectors there.
    @Test(arguments: [true, false]) func localVectors(isLocal: Bool) {
        var settings = Tokenizer.Settings()
        (settings.patch, settings.widths, settings.local) = (4, [8, 8, 12], isLocal)
        let encoder = Tokenizer(settings, channels: 4, using: RandomSource(seed: 17)).encoder
        let thing = Tensor.uniform([1, 4, 32, 32], from: -1, to: 1, using: source)
        func picture(column: Int, other: Double) -> Tensor {
            var parts = [Tensor](repeating: Tensor.full([1, 4, 32, 32], other), count: 8)
            parts[column] = thing
            return Tensor.concatenated(parts, along: 3)
        }
        func vectors(_ picture: Tensor, column: Int) -> Tensor {
            withoutGradients { encoder(picture) }.sliced(2 * column..<2 * column + 2, along: 3)
        }
        // Around the thing all is alike within two places; beyond them another thing lies.
        let here = picture(column: 2, other: 0.5)
        let there = picture(column: 4, other: 0.5)
        let far = Tensor.concatenated(
            [here.sliced(0..<224, along: 3), Tensor.full([1, 4, 32, 32], -1)],
            along: 3
        )
        let (own, moved) = (vectors(here, column: 2), vectors(there, column: 4))
        #expect((mismatch(own, moved, tolerance: 1e-5) == nil) == isLocal)
        #expect((mismatch(own, vectors(far, column: 2), tolerance: 1e-5) == nil) == isLocal)
    }

    /// Usage is the share of each code among those of its group, the latest counting most.
    @Test func usageIsCounted() {
        let book = Codebook(codes: 5, size: 3, groups: 2, memory: 0.75, using: source)
        let found = book(Tensor.normal([3, 6, 4, 2], using: source))
        let codes = found.codes.elements(as: Int.self)
        var counts = [Int](repeating: 0, count: 10)
        for (place, code) in codes.enumerated() { counts[place % 2 * 5 + code] += 1 }
        for (place, usage) in book.usage.floats().enumerated() {
            let expected = 0.75 / 5 + 0.25 * Double(counts[place]) / 24
            #expect(abs(Double(usage) - expected) < 1e-6, "code \(place)")
        }
    }

    @Test func theNearestCodeIsChosenByDirection() {
        let book = Codebook(codes: 6, size: 3, using: source)
        let maps = Tensor.normal([2, 3, 4, 5], using: source)
        let found = book(maps * 7)
        let rows = maps.permuted([0, 2, 3, 1]).reshaped([-1, 3])
        let table = book.weight
        for (place, code) in found.codes.elements(as: Int.self).enumerated() {
            let row = rows.selected(place)
            func cosine(_ other: Int) -> Double {
                let vector = table.selected(other)
                return (row * vector).sum().item() / vector.squared().sum().squareRoot().item()
            }
            #expect((0..<6).allSatisfy { cosine($0) <= cosine(code) + 1e-6 })
        }
        #expect(mismatch(found.vectors, book.vectors(found.codes), tolerance: 1e-6) == nil)
    }

    /// Groups are books of their own, side by side.
    @Test func groupsAreBooksOfTheirOwn() {
        let whole = Codebook(codes: 6, size: 3, groups: 2, using: source)
        let maps = Tensor.normal([2, 6, 4, 5], using: source)
        let found = whole(maps)
        for group in 0..<2 {
            let book = Codebook(codes: 6, size: 3, using: source)
            book.weight = whole.weight.detached().sliced(group * 6..<(group + 1) * 6, along: 0)
            let own = book(maps.sliced(group * 3..<(group + 1) * 3, along: 1))
            let codes = found.codes.reshaped([2, 4, 5, 2]).selected(group, along: 3)
            #expect(codes.elements(as: Int.self) == own.codes.elements(as: Int.self))
            let vectors = found.vectors.sliced(group * 3..<(group + 1) * 3, along: 1)
            #expect(mismatch(vectors, own.vectors, tolerance: 1e-6) == nil)
        }
        #expect(mismatch(found.vectors, whole.vectors(found.codes), tolerance: 1e-6) == nil)
    }

    /// What comes out has the gradient of what went in, but for the change of length.
    @Test func gradientsPassStraightThrough() {
        let book = Codebook(codes: 6, size: 3, using: source)
        let maps = Tensor.normal([1, 3, 2, 2], using: source).normalized(along: 1)
            .requiringGradient()
        let weights = Tensor.normal([1, 3, 2, 2], using: source)
        let found = gradients(of: (book(maps).vectors * weights).sum(), for: [maps])[0]
        // Along the unit vector itself nothing passes.
        let along = (weights * maps).sum(over: [1], keepingDimensions: true) * maps
        #expect(mismatch(found, (weights - along).detached(), tolerance: 1e-5) == nil)
        let pulls = gradients(of: book(maps).loss, for: [maps, book.weight])
        #expect(pulls.allSatisfy { $0.absolute().sum().item() > 0 })
    }

    @Test(arguments: [1, 2]) func deadCodesComeBack(_ groups: Int) {
        let book = Codebook(codes: 50, size: 4, groups: groups, memory: 0.5, using: source)
        // Vectors about two directions use few codes.
        let near = Tensor.normal([8, 4 * groups, 4, 4], using: source) * 0.3
        let direction = (0..<4 * groups).map { $0 % 4 == 0 ? 1 : 0 as Float }
        let maps = near + Tensor(direction).reshaped([1, 4 * groups, 1, 1])
        for _ in 0..<20 { _ = book(maps) }
        let before = (book.shareInUse, book.perplexity)
        #expect(before.0 < 0.6)
        let revived = book.restartUnusedCodes(from: maps, using: source)
        #expect(revived > 10)
        for _ in 0..<20 { _ = book(maps) }
        #expect(book.shareInUse > before.0 + 0.2)
        #expect(book.perplexity > before.1)
        // In use nothing is counted.
        book.setTraining(false)
        let usage = book.usage.floats()
        _ = book(maps)
        #expect(book.usage.floats() == usage)
    }

    @Test func picturesAreLearned() {
        var settings = Tokenizer.Settings()
        settings.widths = [16, 16]
        settings.codes = 32
        let tokenizer = Tokenizer(settings, channels: 1, using: source)
        let coarse = Tensor.uniform([8, 1, 4, 4], from: -0.9, to: 0.9, using: source)
        let pictures = coarse.resampled(size: [16, 16], .nearest)
        var squares = tokenizer.parameters.map { $0.wrappedValue.zerosLike() }
        var errors: [Double] = []
        for step in 0..<150 {
            let (restored, quantised) = tokenizer(pictures)
            let error = (restored - pictures).squared().mean()
            errors.append(error.item())
            let weights = tokenizer.parameters.map(\.wrappedValue)
            let slopes = gradients(of: error + quantised.loss * 0.1, for: weights)
            for (index, parameter) in tokenizer.parameters.enumerated() {
                squares[index] = squares[index] * 0.9 + slopes[index].squared() * 0.1
                let change = slopes[index] / (squares[index].squareRoot() + 1e-6)
                parameter.wrappedValue = weights[index].detached() - change * 2e-3
            }
            if step.isMultiple(of: 10), step < 100 {
                tokenizer.codebook.restartUnusedCodes(
                    from: withoutGradients { tokenizer.encoder(pictures) },
                    using: source
                )
            }
        }
        let last = errors.suffix(10).min() ?? 1
        #expect(last < errors[0] / 5, "\(errors[0]) to \(last)")
    }
}
