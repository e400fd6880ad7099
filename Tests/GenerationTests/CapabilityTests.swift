import Adversarial
import Foundation
import Generation
import Imaging
import Midjourney
import Prompts
import Requests
import Runs
import Settings
import TestSupport
import Testing
import Torch

/// What each kind of model says it cannot do, beside what it does when it is asked for that.
@Suite struct CapabilityTests {
    /// Kinds of models: whole pictures, with styles, with waves before them, from even numbers, pixels, pixels after a draft, codes after a
    /// text, repairs.
    private static let kinds = [
        "dcgan", "uniform", "styles", "waves", "pixels", "refined", "words", "repair",
    ]

    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func model(_ kind: String) throws -> GeneratorModel {
        let file: URL
        switch kind {
        case "styles": file = try StylesModel.write(in: scratch.url)
        case "waves": file = try StyleGAN3Tests.added(in: scratch)
        case "words": file = try WordsModel.write(in: scratch)
        case "repair": file = try RepairModel.write(in: scratch, factor: 1)
        default: file = try described(kind)
        }
        return try GeneratorModel(contentsOf: file)
    }

    /// A small network with random weights, built from its description.
    private func described(_ kind: String) throws -> URL {
        var draft = DCGAN.Settings()
        draft.generator.widths = [8, 4]
        let pixels = SettingValue.section([
            "width": .number(4), "layers": .number(1), "head": .text("levels"),
        ])
        let description = ModelDescription(
            family: kind == "pixels" ? "gated-pixelcnn" : "dcgan",
            settings: kind == "pixels" ? pixels : SettingCoding.tree(draft),
            refiner: kind == "refined"
                ? Recipe.Refiner(
                    family: "gated-pixelcnn",
                    likelihood: Scheduled(1),
                    nullDrafts: 0.1,
                    settings: pixels
                ) : nil,
            size: [8, 8],
            channels: 1,
            labels: 3,
            labelKind: "classes",
            recipe: kind,
            set: "toy",
            images: 1,
            distribution: kind == "uniform" ? .uniform : .normal,
            classNames: ["zero", "one", "two"]
        )
        let file = scratch.url.appending(path: "network-snapshot-000001.safetensors")
        try Safetensors.write(
            try description.generator().state().map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: file
        )
        return file
    }

    /// What is asked of a model where a capability is needed.
    private func ask(_ capability: ModelCapability, of model: GeneratorModel) throws {
        func draw(_ change: (inout SamplingOptions) -> Void) throws {
            var request = model.request(seed: 1, indices: [0])
            change(&request.sampling)
            _ = try model.draw(request)
        }
        let request = model.request(seed: 1, indices: [0])
        let picture = Picture(
            width: model.size.width,
            height: model.size.height,
            channels: model.description.channels,
            filledWith: .black
        )
        switch capability {
        case .drawing: try draw { _ in }
        case .temperature: try draw { $0.temperature = 0.9 }
        case .truncation: try draw { $0.truncation = 0.9 }
        case .guidance: try draw { $0.guidance = 1.5 }
        case .likelihood: try draw { $0.unlikeliestOf = 2 }
        case .stopping: try draw { $0.sampledFraction = 0.5 }
        case .variety: try draw { $0.noiseSpread = 0.5 }
        case .styles: try draw { $0.styles = [StyleMix(seed: 3, share: 0.5)] }
        case .infilling:
            let mask = PictureMask(width: picture.width, height: picture.height) { $0 % 2 == 0 }
            _ = try model.inpainted(picture, mask, name: "a", request)
        case .continuing:
            _ = try model.blends(of: [picture], names: ["a"], weights: [1], request)
        case .projection: _ = try model.projected(picture, steps: 1, request)
        case .stepping: try draw { $0.steps = 3 }
        case .placing: try draw { $0.rotation = 90 }
        case .wrapping: try draw { $0.isPanorama = true }
        case .exploring: _ = try model.explored(Exploration(), request)
        case .stylizing, .avoiding: break
        }
    }

    /// Whatever a model says it cannot do is refused, and whatever it does not say works.
    @Test(arguments: kinds) func whatIsMissingIsRefusedAndTheRestWorks(_ kind: String) throws {
        let model = try model(kind)
        let missing = model.missing
        for capability in ModelCapability.allCases {
            let isAsked = capability != .stylizing && capability != .avoiding
            guard isAsked, missing[.drawing] == nil || capability == .drawing else { continue }
            if missing[capability] == nil {
                #expect(throws: Never.self, "\(kind), \(capability)") {
                    try ask(capability, of: model)
                }
            } else {
                #expect(throws: GenerationError.self, "\(kind), \(capability)") {
                    try ask(capability, of: model)
                }
            }
        }
    }

    /// Parameters of prompts are refused for the reasons that the model gives.
    @Test(arguments: kinds) func parametersFollowFromCapabilities(_ kind: String) throws {
        let model = try model(kind)
        let needed: [PromptParameter: ModelCapability] = [
            .stop: .stopping, .weird: .likelihood, .stylize: .stylizing, .chaos: .variety,
            .no: .avoiding, .sref: .styles, .sw: .styles, .aspect: .continuing,
            .zoom: .continuing, .tile: .continuing, .iw: .continuing, .panorama: .wrapping,
        ]
        for (parameter, capability) in needed {
            #expect(
                model.support.reasons[parameter] == model.missing[capability],
                "\(kind), --\(parameter.rawValue)"
            )
        }
        #expect(model.missing.values.allSatisfy { $0.hasPrefix("it") })
    }

    /// How freely one picture was drawn leaves nothing behind for the next.
    @Test(arguments: ["pixels", "refined"]) func aTemperatureIsOfOneRequest(
        _ kind: String
    ) throws {
        let model = try model(kind)
        let request = model.request(seed: 5, indices: [0])
        let before = try model.draw(request)[0].picture
        var cold = request
        cold.sampling.temperature = 0
        #expect(try model.draw(cold)[0].picture != before)
        #expect(try model.draw(request)[0].picture == before)
    }
}
