/// A worker's line as versions before 2 of the line wrote it: all fields side by side, sides in pixels, places one by one.
struct EarlierOrder: Decodable {
    /// The order in its present form.
    let order: WorkerOrder

    private enum CodingKeys: String, CodingKey {
        case id, task, prompt, seed, indices, model, pictures, mask, numbers, previews, folder
        case isLenient
    }

    /// The tasks of those lines.
    private enum Task: String, Decodable {
        case imagine, vary, inpaint, outpaint, upscale, restore, blend, explore
        case read, inspect, describe, shorten
    }

    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        let id = try box.decode(String.self, forKey: .id)
        let task = try box.decode(Task.self, forKey: .task)
        let text = try box.decodeIfPresent(String.self, forKey: .prompt) ?? ""
        let model = try box.decodeIfPresent(String.self, forKey: .model)
        let pictures = try box.decodeIfPresent([String].self, forKey: .pictures) ?? []
        guard let name = PictureTask.Name(rawValue: task.rawValue) else {
            let question: WorkerQuestion =
                switch task {
                case .describe: .describe(pictures.first ?? "")
                case .read: .read(text)
                case .shorten: .shorten(text)
                default: .inspect
                }
            order = WorkerOrder(question, id: id, model: model)
            return
        }
        var numbers = try box.decodeIfPresent(TaskNumbers.self, forKey: .numbers) ?? TaskNumbers()
        let size = try numbers.take(TaskField("size", .whole(Limits.side)))?.whole
        for side in ["left", "right", "top", "bottom"] {
            guard let pixels = numbers[side] else { continue }
            (numbers[side], numbers["\(side)-pixels"]) = (nil, pixels)
        }
        var request = PictureRequest(
            try PictureTask(name, numbers),
            try PictureRequest.prompt(text),
            seed: try box.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0,
            pictures: pictures
        )
        let indices = try box.decodeIfPresent([Int].self, forKey: .indices) ?? []
        request.first = indices.first ?? 0
        request.count = name.form.repairs ? pictures.count : indices.count
        guard name.form.repairs || !indices.isEmpty,
            (0...Limits.places.upperBound).contains(request.first),
            indices.isEmpty || indices == Array(request.indices)
        else {
            throw RequestProblem(
                "indices",
                expects: "places in a row",
                found: "\(indices.prefix(8))"
            )
        }
        request.mask = try box.decodeIfPresent(String.self, forKey: .mask)
        request.model = model
        request.size = size
        request.previews = try box.decodeIfPresent(Int.self, forKey: .previews) ?? 0
        request.isLenient = try box.decodeIfPresent(Bool.self, forKey: .isLenient) ?? false
        order = WorkerOrder(
            request,
            id: id,
            folder: try box.decodeIfPresent(String.self, forKey: .folder) ?? ""
        )
    }
}
