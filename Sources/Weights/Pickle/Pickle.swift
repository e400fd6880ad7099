import Foundation

/// A pickle as data: what it would run is never run, looked up or imported.
///
/// A pickle is a program for a small stack machine that may call any function by its name. Here names are
/// data; a short table gives a few of them a meaning (`PickleMeaning`), what is known to do harm is
/// refused by its name, and all else becomes a record. Values live as long as the pickle that has them.
///
/// Source: Python's `pickletools`, for the meaning of each code of protocols 0 to 5.
final class Pickle {
    /// What it holds; taken apart with the pickle.
    private let value: PickleValue
    /// Where it ends in the data.
    let end: Int
    /// The storages that it names, by key.
    let storages: [String: Storage]
    private let kept: PickleKeeper

    /// Reads a pickle.
    ///
    /// - Parameters:
    ///   - data: The bytes.
    ///   - start: Where it begins in them.
    ///   - limits: The most that it may ask for.
    ///   - nesting: How many pickles it lies in.
    /// - Throws: `WeightsError`.
    init(
        _ data: Data,
        from start: Int = 0,
        limits: PickleLimits = .standard,
        nesting: Int = 0
    ) throws(WeightsError) {
        var machine = PickleMachine(data, from: start, limits: limits, nesting: nesting)
        value = try machine.run()
        (end, storages, kept) = (machine.reader.offset, machine.storages, machine.keeper)
    }

    /// Gives what it holds to a body, and keeps all of it meanwhile.
    func with<Result, Failure: Error>(
        _ body: (PickleValue) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(kept) {} }
        return try body(value)
    }
}

/// Keeps all that a pickle made, and takes it apart without recursion: things may be deep in each other,
/// or in themselves.
final class PickleKeeper {
    private var lists: [PickleList] = []
    private var dictionaries: [PickleDictionary] = []
    private var objects: [PickleObject] = []
    /// Pickles within, such as those of storages.
    var inner: [Pickle] = []

    /// How many there are.
    var count: Int { lists.count + dictionaries.count + objects.count }

    func list(_ items: [PickleValue]) -> PickleList {
        let list = PickleList(items)
        lists.append(list)
        return list
    }

    func dictionary() -> PickleDictionary {
        let dictionary = PickleDictionary()
        dictionaries.append(dictionary)
        return dictionary
    }

    func object(_ name: PickleName, _ arguments: [PickleValue]) -> PickleObject {
        let object = PickleObject(name, arguments)
        objects.append(object)
        return object
    }

    deinit {
        for list in lists { list.items = [] }
        for dictionary in dictionaries { dictionary.clear() }
        for object in objects {
            (object.arguments, object.state, object.items) = ([], .none, [])
            object.entries = nil
        }
    }
}
