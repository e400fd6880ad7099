/// What a task takes, for whoever offers it: a page, a command, a program.
public struct TaskForm: Sendable, Equatable {
    /// How many pictures it takes.
    public let pictures: ClosedRange<Int>
    /// Whether it makes one picture of each that it takes, and chance has no part in what it shows.
    public let repairs: Bool
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
        makesOne: Bool = false,
        takesMask: Bool = false,
        _ fields: [TaskField] = []
    ) {
        (self.pictures, self.repairs, self.makesOne) = (pictures, repairs, makesOne)
        (self.takesMask, self.fields) = (takesMask, fields)
    }
}
