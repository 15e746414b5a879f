using System.Globalization;
using System.Runtime.InteropServices;
using Sigma.Fetcher.Coverage;
using Sigma.Storage;

namespace Sigma.Fetcher.Events;

/// <summary>Names the events of one slice, so that the same slice read again gives the same ids.</summary>
internal sealed class EventIdentity(Slice slice)
{
    const int Longest = 128;

    readonly Dictionary<Guid, int> _equals = [];

    /// <summary>The source's id, else one derived from content, own time and position among equals; without an own time the slice stands for it.</summary>
    /// <remarks>The occurrence is left out: it can be assigned after the event was first seen.</remarks>
    public string Of(string? id, string account, string cuc, string code, DateTimeOffset? at)
    {
        if (id is not null)
            return id.Length <= Longest ? id : Ids.From("id", id).ToString("N");
        var moment = at?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? string.Create(CultureInfo.InvariantCulture, $"{slice.From}-{slice.To}");
        var content = Ids.From(account, cuc, code, moment);
        ref var position = ref CollectionsMarshal.GetValueRefOrAddDefault(_equals, content, out _);
        return Ids.From(content.ToString("N"), (position++).ToString(CultureInfo.InvariantCulture)).ToString("N");
    }
}
