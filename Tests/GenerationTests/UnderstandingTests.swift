import Generation
import TestSupport
import Testing
import Torch

/// Where heads look, and what layers hold.
@Suite struct UnderstandingTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test func looksAreDerivativesTimesPixels() throws {
        let file = try WordsModel.write(in: scratch, channels: 3)
        let model = try GeneratorModel(contentsOf: file)
        try WordsModel.writeCritic(of: model.description, beside: file)
        let view = try model.criticView()
        let picture = model.tensor([try model.draw(DrawingRequest(seed: 2, count: 1))[0].picture])
        let looks = view.looks(at: picture, names: model.description.classNames)
        // This discriminator learned neither classes nor restoration.
        #expect(looks.map(\.head) == ["realness"])
        let input = picture.detached().requiringGradient()
        let slope = gradients(of: view.realness(input, classes: [0]).sum(), for: [input])[0]
        let expected = (slope * input).detached().sum(over: [1]).absolute()
        let found = Tensor(looks[0].map.joined().map { Float($0) }, shape: expected.shape)
        #expect(looks[0].map.count == 16 && looks[0].map[0].count == 16)
        #expect(abs(found.sum().item() - 1) < 1e-4)
        #expect((found - expected / expected.sum()).absolute().max().item() < 1e-5)
    }

    /// A head that restores pictures comes along with the file, and looks past what is hidden.
    @Test func hiddenPixelsDoNotCountForRestoration() throws {
        let file = try WordsModel.write(in: scratch, channels: 3)
        let model = try GeneratorModel(contentsOf: file)
        try WordsModel.writeCritic(of: model.description, beside: file, restores: true)
        let picture = model.tensor([try model.draw(DrawingRequest(seed: 2, count: 1))[0].picture])
        let looks = try model.criticView().looks(at: picture, names: [])
        #expect(looks.map(\.head) == ["realness", "restoration"])
        let map = looks[1].map
        #expect(map[4..<12].allSatisfy { $0[4..<12].allSatisfy { $0 == 0 } })
        #expect(map[0].reduce(0, +) > 0 && looks[1].value > 0)
    }

    /// Weights may be so large that what layers hold is no number.
    @Test func layersThatOverflow() throws {
        let file = try StylesModel.write(in: scratch.url) { _, tensor in (tensor * 1e30).detached()
        }
        let model = try GeneratorModel(contentsOf: file)
        let (_, layers) = try model.layers(DrawingRequest(seed: 3, count: 1), channels: 4)
        #expect(!layers.isEmpty)
    }

    @Test func layersOfStylesEndInTheDrawing() throws {
        // Faint enough that the drawing keeps all of the last layer.
        let model = try GeneratorModel(
            contentsOf: StylesModel.write(in: scratch.url) { name, tensor in
                name.hasPrefix("pictures") && name.hasSuffix("weight") && tensor.rank == 4
                    ? (tensor * 0.1).detached() : tensor
            }
        )
        let request = DrawingRequest(seed: 3, count: 1)
        let (drawing, layers) = try model.layers(request, channels: 4)
        #expect(
            layers.map(\.view.name) == [
                "4, layer 1", "4, picture", "8, layer 1", "8, layer 2", "8, picture",
                "16, layer 1", "16, layer 2", "16, picture",
            ]
        )
        #expect(layers.map(\.view.rows) == [4, 4, 8, 8, 8, 16, 16, 16])
        let last = try #require(layers.last?.view)
        let numbers = model.tensor([drawing.picture])
        #expect(last.channels == 3)
        #expect(numbers.absolute().max().item() < 0.99)
        // Bytes of the drawing are rounded.
        #expect(abs(last.mean - numbers.mean().item()) < 1 / 255)
        #expect(layers[0].maps.count == 4 && layers[7].maps.count == 3)
    }

    @Test func layersOfCodesEndInTheDrawing() throws {
        let model = try GeneratorModel(contentsOf: WordsModel.write(in: scratch, channels: 3))
        let (_, layers) = try model.layers(DrawingRequest(seed: 3, count: 1), channels: 2)
        #expect(
            layers.map(\.view.name) == ["codes", "middle", "size 1", "size 2", "picture"]
        )
        #expect(layers.last?.view.rows == 16 && layers.last?.view.channels == 3)
    }
}
