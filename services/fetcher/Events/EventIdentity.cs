using System.Globalization;
using System.Runtime.InteropServices;
using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Storage;

namespace Sigma.Fetcher.Events;

/// <summary>Names the events of one slice, so that the same slice read again gives the same ids.</summary>
internal sealed class EventIdentity(Slice slice, KnownIds known)
{
    /// <summary>The longest id that is kept as it is.</summary>
    public const int Longest = 128;

    readonly Dictionary<Guid, int> _equals = [];
    readonly Dictionary<string, long> _new = []; // ids not seen before this answer, with the content of the first event that has each
    readonly HashSet<string> _shared = []; // those of them that events with different content have
    readonly List<(int Event, string Id, DateTimeOffset? At)> _byNewId = [];

    /// <summary>
    /// The source's id, else one derived from content, own time and position among equals; without an own time the slice stands for it.
    /// </summary>
    /// <remarks>The occurrence is left out: it can be assigned after the event was first seen.</remarks>
    /// <param name="id">The source's.</param>
    /// <param name="account">Its account.</param>
    /// <param name="cuc">Its CUC.</param>
    /// <param name="code">Its code.</param>
    /// <param name="at">Its own time.</param>
    /// <param name="index">Where among the answer's events it will be; null when it is not watched.</param>
    public string Of(string? id, string account, string cuc, string code, DateTimeOffset? at, int? index)
    {
        if (id is null || IsNone(id))
            return Derived("", account, cuc, code, at);
        var content = KnownIds.ContentOf(account, cuc, code, at);
        if (known.ContentOf(id) is { } before)
            return before == content ? Short(id) : Derived(id, account, cuc, code, at);
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_new, id, out var exists);
        if (!exists)
            first = content;
        else if (first != content)
            _shared.Add(id);
        if (index is { } place)
            _byNewId.Add((place, id, at));
        return Short(id);
    }

    /// <summary>
    /// Gives a derived id to all events of an id that the answer gives to several: in whatever order they come next time, they keep it.
    /// </summary>
    public void Settle(List<MonitoredEvent> events)
    {
        known.Add(_new, _shared);
        if (_shared.Count == 0)
            return;
        foreach (var (place, id, at) in _byNewId.Where(e => _shared.Contains(e.Id)))
        {
            var labels = events[place].Labels;
            events[place] = events[place] with { EventId = Derived(id, labels["account"], labels["cuc"], labels["code"], at) };
        }
    }

    /// <summary>An id of any length as one that fits everywhere. Whoever compares ids shortens both.</summary>
    public static string Short(string id) => id.Length <= Longest ? id : Ids.From("id", id).ToString("N");

    // What a source writes that has no id to give.
    static bool IsNone(string id) => id is "0" or "-1"
        || id.Equals("null", StringComparison.OrdinalIgnoreCase) || id.Equals("undefined", StringComparison.OrdinalIgnoreCase)
        || (id.Length >= 32 && Guid.TryParse(id, out var guid) && guid == Guid.Empty);

    string Derived(string id, string account, string cuc, string code, DateTimeOffset? at)
    {
        var moment = at?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? string.Create(CultureInfo.InvariantCulture, $"{slice.From}-{slice.To}");
        var content = id.Length == 0 ? Ids.From(account, cuc, code, moment) : Ids.From(account, cuc, code, moment, id);
        ref var position = ref CollectionsMarshal.GetValueRefOrAddDefault(_equals, content, out _);
        return Ids.From(content.ToString("N"), (position++).ToString(CultureInfo.InvariantCulture)).ToString("N");
    }
}
