using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Sigma.Fetcher.Events;

/// <summary>Which CUCs and codes are watched.</summary>
internal sealed class EventFilter(IOptions<FetcherOptions> options)
{
    readonly FrozenSet<string>? _cucs = Parse(options.Value.Cucs), _codes = Parse(options.Value.Codes);

    public bool Includes(string cuc, string code) => _cucs?.Contains(cuc) != false && _codes?.Contains(code) != false;

    // null stands for all
    static FrozenSet<string>? Parse(string? list)
    {
        var values = (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return values.Length == 0 || values.Contains("*") ? null : values.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
