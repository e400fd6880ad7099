/// What is done to make pictures, with all that it takes beside pictures and words.
public enum PictureTask: Sendable, Equatable {
    /// Draw what a prompt asks for.
    case imagine
    /// Draw variations of a picture.
    case vary(VariationStrength)
    /// Draw anew what a mask hides.
    case inpaint
    /// Draw more around a picture.
    case outpaint(Outpainting)
    /// Draw a picture's edges anew so that it goes on at each edge where it begins.
    case tile
    /// Mix several pictures; the weights say what each counts, none that all count the same.
    case blend(weights: [Double])
    /// Draw a place among all that the model can draw.
    case explore(Exploration)
    /// Draw a picture as the model would, found by so many steps.
    case project(steps: Int)
    /// Make a picture so many times as large.
    case upscale(times: Int)
    /// Repair a picture.
    case restore

    /// What tasks are called in files and requests.
    public enum Name: String, Codable, Sendable, CaseIterable {
        case imagine, vary, inpaint, outpaint, tile, blend, explore, project, upscale, restore
    }

    /// What it is called.
    public var name: Name {
        switch self {
        case .imagine: .imagine
        case .vary: .vary
        case .inpaint: .inpaint
        case .outpaint: .outpaint
        case .tile: .tile
        case .blend: .blend
        case .explore: .explore
        case .project: .project
        case .upscale: .upscale
        case .restore: .restore
        }
    }
}

extension PictureTask.Name {
    /// How many pictures it takes.
    public var pictures: ClosedRange<Int> {
        switch self {
        case .imagine: 0...64
        case .explore: 0...0
        case .blend: 2...5
        case .upscale, .restore: 1...100_000
        case .vary, .inpaint, .outpaint, .tile, .project: 1...1
        }
    }

    /// Whether it makes one picture of each that it takes, and chance has no part in it.
    public var repairs: Bool { self == .upscale || self == .restore }

    /// Whether there is one result, whatever is asked for.
    public var makesOne: Bool { self == .explore || self == .project }

    /// Whether it can take a mask, or a region.
    public var takesMask: Bool { self == .inpaint || self == .restore }
}
