using System.Collections.Concurrent;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Projection;

/// <summary>
/// The names that were found of accounts, for the next alert on the same account. They are used for an hour, so that a name that has changed is
/// asked for again.
/// </summary>
internal sealed class AccountDirectory(TimeProvider time)
{
    const int Most = 50_000;
    static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, (FoundNames Names, long Until)> _known = new(StringComparer.Ordinal);

    public void Add(FoundNames names)
    {
        if (_known.Count >= Most)
            _known.Clear();
        _known[names.Account] = (names, time.Milliseconds() + (long)Lasts.TotalMilliseconds);
    }

    /// <summary>Names a new alert's account, if its names are known.</summary>
    public void Name(AlertState state)
    {
        if (state is { NamesDueAt: not null, Account: { } account } && _known.TryGetValue(account, out var known)
            && known.Until > time.Milliseconds())
            known.Names.Name(state);
    }
}

/// <summary>What an account is called.</summary>
internal sealed record FoundNames(string Account, string? Code, string? TradeName, string? Company, string? ClientGroup)
{
    public void Name(AlertState state)
    {
        (state.AccountCode, state.TradeName, state.Company, state.ClientGroup) = (Code, TradeName, Company, ClientGroup);
        state.NamesDueAt = null;
    }
}
