import Prompts
import Settings

/// All that is asked for when pictures are to be made: by a command, a worker, the studio or a program.
public struct PictureRequest: Sendable, Equatable {
    /// What is done.
    public var task: PictureTask
    /// What is asked for in words and parameters; nothing leaves it open.
    public var prompt: Prompt?
    /// The key of all random numbers.
    public var seed: UInt64
    /// The first picture of the seed's row.
    public var first: Int
    /// How many pictures; what repairs makes one of each that it begins with.
    public var count: Int
    /// A file of weights, a run's folder, or a model's name; nothing: the bundled model for the task.
    public var model: String?
    /// Pictures that it begins with: files, or the names that the studio keeps them by.
    public var pictures: [String]
    /// A picture whose transparent part is drawn anew, called as those are.
    public var mask: String?
    /// What is drawn anew, in place of a mask.
    public var region: Region?
    /// How it is drawn where that differs from what the prompt says.
    public var sampling: SamplingChanges
    /// Pixels of the longer side; nothing: the model's own.
    public var size: Int?
    /// How many times each pixel is repeated.
    public var enlarge: Int
    /// The page of an exact size that each picture is laid out on; nothing: pictures stay as they are.
    public var layout: PageLayout?
    /// Previews of each picture on the way.
    public var previews: Int
    /// Whether what the rules do not allow is drawn, and what pictures show is not looked at.
    public var isLenient: Bool

    /// A request for the first pictures of a seed.
    public init(
        _ task: PictureTask = .imagine,
        _ prompt: Prompt? = nil,
        seed: UInt64 = 0,
        first: Int = 0,
        count: Int = 4,
        pictures: [String] = []
    ) {
        (self.task, self.prompt, self.seed) = (task, prompt, seed)
        (self.first, self.count, self.pictures) = (first, count, pictures)
        sampling = SamplingChanges()
        enlarge = 1
        previews = 0
        isLenient = false
    }

    /// Which pictures of the seed's row; what repairs calls them by their places from the first on.
    public var indices: Range<Int> {
        let form = task.name.form
        return first..<first + (form.repairs ? pictures.count * form.results : count)
    }

    /// Refuses what cannot be done whatever model draws, before anything is done.
    ///
    /// - Parameter limits: How much can be asked for at once.
    /// - Throws: `RequestProblem` that names the field.
    public func validate(_ limits: Limits) throws(RequestProblem) {
        let name = task.name
        try RequestProblem.check(count, limits.count, "count")
        try RequestProblem.check(first, Limits.places, "first")
        guard first + count - 1 <= Limits.places.upperBound else {
            throw RequestProblem(
                "first",
                expects: "places up to \(Limits.places.upperBound)",
                found: "\(first + count - 1)"
            )
        }
        guard !name.form.makesOne || count == 1 else {
            throw RequestProblem("count", expects: "1 for '\(name.rawValue)'", found: "\(count)")
        }
        let taken =
            name.form.pictures
            .lowerBound...min(
                name.form.pictures.upperBound,
                max(limits.pictures, name.form.pictures.lowerBound)
            )
        guard taken.contains(pictures.count) else {
            let range =
                taken.count == 1
                ? "\(taken.lowerBound)" : "\(taken.lowerBound) to \(taken.upperBound)"
            throw RequestProblem(
                "pictures",
                expects: "\(range) for '\(name.rawValue)'",
                found: "\(pictures.count)"
            )
        }
        try checkPrompt()
        try checkMask()
        if sampling.translate != nil || sampling.rotate != nil,
            ![.imagine, .explore].contains(name)
        {
            throw RequestProblem(
                sampling.translate != nil ? "translate" : "rotate",
                expects: "none for '\(name.rawValue)'",
                found: "one"
            )
        }
        if case .blend(let weights) = task, !weights.isEmpty, weights.count != pictures.count {
            throw RequestProblem(
                "numbers",
                expects: "a weight for each of \(pictures.count) pictures",
                found: "\(weights.count)"
            )
        }
        if case .outpaint(.aspect(let width, let height)) = task,
            max(width, height) > Limits.longestAspect * min(width, height)
        {
            throw RequestProblem("numbers", expects: "at most 8:1", found: "\(width):\(height)")
        }
        try sampling.check()
        if let size { try RequestProblem.check(size, Limits.side, "size") }
        try RequestProblem.check(enlarge, Limits.enlarging, "enlarge")
        guard !name.form.repairs || (size == nil && enlarge == 1) else {
            throw RequestProblem(
                size == nil ? "enlarge" : "size",
                expects: "nothing for '\(name.rawValue)'",
                found: "one"
            )
        }
        guard enlarge == 1 || size == nil else {
            throw RequestProblem(
                "size",
                "'size' and 'enlarge' are both given, expected one of them."
            )
        }
        try RequestProblem.check(previews, Limits.previews, "previews")
        try checkLayout()
    }

    /// A page decides how large its picture is.
    private func checkLayout() throws(RequestProblem) {
        guard let layout else { return }
        guard task.name == .imagine, size == nil, enlarge == 1 else {
            throw RequestProblem(
                "layout",
                expects: "'imagine' without a size and without 'enlarge'",
                found:
                    "'\(task.name.rawValue)'\(size == nil ? enlarge == 1 ? "" : " with 'enlarge'" : " with a size")"
            )
        }
        try RequestProblem.check(layout.width, PageLayout.sides, "layout.width")
        try RequestProblem.check(layout.height, PageLayout.sides, "layout.height")
        try RequestProblem.check(layout.bleed, PageLayout.bleeds, "layout.bleed")
        guard layout.text.utf8.count <= PageLayout.longestText else {
            throw RequestProblem(
                "layout.text",
                expects: "\(PageLayout.longestText) bytes at most",
                found: "\(layout.text.utf8.count)"
            )
        }
    }

    /// Pixels of the longer side that pictures are brought to; nothing: the model's own.
    public var side: Int? {
        size
            ?? layout.map {
                min(max($0.wantedSide, Limits.side.lowerBound), Limits.side.upperBound)
            }
    }

    /// Pictures are named by the request, so that a prompt can come from anybody.
    private func checkPrompt() throws(RequestProblem) {
        let named = prompt?.pictures.count ?? 0
        guard task == .imagine else {
            guard named == 0 else {
                throw RequestProblem("prompt", "name pictures before --prompt, not in it")
            }
            return
        }
        guard named == 0 || named == pictures.count else {
            throw RequestProblem(
                "pictures",
                expects: "as many as the prompt names, \(named)",
                found: "\(pictures.count)"
            )
        }
        guard pictures.count != 1 || prompt?.parts.isEmpty == false else {
            throw RequestProblem("prompt", expects: "words beside one picture", found: "none")
        }
    }

    private func checkMask() throws(RequestProblem) {
        let name = task.name
        guard name.form.takesMask || (mask == nil && region == nil) else {
            throw RequestProblem(
                mask == nil ? "region" : "mask",
                expects: "nothing for '\(name.rawValue)'",
                found: "one"
            )
        }
        guard name != .inpaint || mask != nil || region != nil else {
            throw RequestProblem("mask", "'inpaint' needs a mask, or a region.")
        }
        guard mask == nil || region == nil else {
            throw RequestProblem(
                "mask",
                "'mask' and 'region' are both given, expected one of them."
            )
        }
        guard name != .restore || (mask == nil && region == nil) || pictures.count == 1 else {
            throw RequestProblem(
                "pictures",
                expects: "1 beside a mask",
                found: "\(pictures.count)"
            )
        }
        if let region {
            for number in [region.left, region.top, region.width, region.height] {
                try RequestProblem.check(number, Limits.region, "region")
            }
        }
    }
}
