/// Something that pages and programs are told of.
struct StudioEvent: Sendable {
    /// Its place in the row of kept events; nothing for what only matters at the moment.
    var id: Int64?
    /// What happened.
    var name: String
    /// What happened, in JSON.
    var data: String
    /// The job that is meant, so that who waits for one hears of it alone.
    var job: String?
    /// Whose affair it is; nothing: everybody's.
    var owner: String?

    /// Whether a user hears of it; nothing is one who hears of everything.
    func concerns(_ user: String?) -> Bool { user == nil || owner == nil || owner == user }

    /// The event in the form of server-sent events.
    var text: String {
        (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(data)\n\n"
    }
}
