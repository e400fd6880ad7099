/// What a task takes, for whoever offers it: a page, a command, a program.
public struct TaskForm: Sendable, Equatable {
    /// How many pictures it takes.
    public let pictures: ClosedRange<Int>
    /// Whether it makes one picture of each that it takes, or one for each part, and chance has no part in what it shows.
    public let repairs: Bool
    /// What it makes of each picture, where that is more than one: the parts' names, in their order.
    public let parts: [String]
    /// Whether a model has a part in it.
    public let needsModel: Bool
    /// Whether there is one result, whatever is asked for.
    public let makesOne: Bool
    /// Whether it can take a mask, or a region.
    public let takesMask: Bool
    /// What it can be told.
    public let fields: [TaskField]

    /// A form.
    public init(
        pictures: ClosedRange<Int>,
        repairs: Bool = false,
        parts: [String] = [],
        needsModel: Bool = true,
        makesOne: Bool = false,
        takesMask: Bool = false,
        _ fields: [TaskField] = []
    ) {
        (self.pictures, self.repairs, self.makesOne) = (pictures, repairs, makesOne)
        (self.takesMask, self.fields) = (takesMask, fields)
        (self.parts, self.needsModel) = (parts, needsModel)
    }

    /// How many pictures it makes of each that it takes, where it repairs.
    public var results: Int { max(parts.count, 1) }
}
