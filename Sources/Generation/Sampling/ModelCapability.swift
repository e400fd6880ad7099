import Prompts

/// What may be asked of a model; which it has, and why not the others, its sampler says.
public enum ModelCapability: String, CaseIterable, Sendable {
    /// Pictures of its own.
    case drawing
    /// Pieces chosen more or less freely.
    case temperature
    /// Pictures nearer to the mean one.
    case truncation
    /// Drawings more or less as they were learned, by `--stylize`.
    case stylizing
    /// Words stressed over their absence, and whatever else is said of codes.
    case guidance
    /// The likelihood of a drawing.
    case likelihood
    /// Drawings of which chance decides a part.
    case stopping
    /// Latent numbers that pictures share in part.
    case variety
    /// Things that are not to be drawn.
    case avoiding
    /// Styles apart from what is drawn.
    case styles
    /// Hidden parts of a picture drawn again.
    case infilling
    /// Pictures that go on from what is there, and drawings near to given ones.
    case continuing
    /// The place of a picture among the drawings.
    case projection
    /// Numbers that lead steadily from picture to picture.
    case exploring
    /// Pictures moved and turned where they begin.
    case placing
    /// Pictures all around, whose right and left edges meet.
    case wrapping
    /// Pictures drawn in more or fewer steps.
    case stepping

    /// What is said of a model without it, and what to do.
    func refusal(of model: String) -> String {
        switch self {
        case .drawing:
            "the model '\(model)' changes pictures and draws none of its own. Use 'atelier upscale',"
                + " 'atelier restore' or 'atelier translate' with it."
        case .temperature:
            "the model '\(model)' does not draw pixel by pixel, so it has no temperature. Leave it"
                + " out, or use the truncation."
        case .truncation, .stylizing:
            "the model '\(model)' draws every pixel by chance and has no mean picture. Leave the"
                + " truncation out, or use the temperature."
        case .guidance, .likelihood, .stopping:
            "the model '\(model)' draws no codes one by one, so it has no guidance, no choice by"
                + " likelihood and no stop. Leave them out."
        case .variety:
            "the model '\(model)' draws from even numbers, which cannot be mixed. Leave --chaos out."
        case .avoiding:
            "the model '\(model)' avoids nothing. Leave --no and weights below 0 out."
        case .styles:
            "the model '\(model)' has no styles to mix. Use one of the families stylegan2 and stylegan3."
        case .infilling, .continuing:
            "the model '\(model)' cannot go on from given pictures: it does not take codes of them. Use one that"
                + " does, such as \(BundledModel.usual.name)."
        case .projection:
            "the model '\(model)' draws piece by piece: its pictures have codes of their own, and need no"
                + " search. Use 'atelier vary' or 'atelier blend'."
        case .exploring:
            "the model '\(model)' draws piece by piece: no numbers lead steadily from picture to picture. Use"
                + " one that draws in one step, such as the recipe stylegan2-styles."
        case .wrapping:
            "the model '\(model)' draws no panoramas: its pictures end at their sides. Leave --panorama out, or use one that"
                + " draws codes, such as \(BundledModel.usual.name), or one that was trained with model.wraps: horizontally."
        case .stepping:
            "the model '\(model)' has no steps of which there could be more or fewer. Leave --steps out, or use"
                + " aMUSEd."
        case .placing:
            "the model '\(model)' begins with a map that cannot be moved. Leave --translate and --rotate out, or"
                + " use one of the family stylegan3."
        }
    }
}

extension PromptParameter {
    /// What a model needs to follow the parameter; nil where any model can, or none.
    var capability: ModelCapability? {
        switch self {
        case .stop: .stopping
        case .weird: .likelihood
        case .stylize: .stylizing
        case .chaos: .variety
        case .no: .avoiding
        case .sref, .sw: .styles
        case .aspect, .zoom, .tile, .iw: .continuing
        case .panorama: .wrapping
        default: nil
        }
    }
}
