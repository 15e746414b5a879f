using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Storage;

namespace Sigma.Fetcher.Events;

/// <summary>Logs once for each account that the times of its events are replaced.</summary>
internal sealed class ReplacedTimes(IOptions<FetcherOptions> options, ILogger<ReplacedTimes> log)
{
    const int MostAccounts = 10_000;

    readonly HashSet<string> _told = [];

    public void Tell(IReadOnlyDictionary<string, string> reportedTimes, Slice slice)
    {
        if (reportedTimes.Count == 0)
            return;
        lock (_told)
            foreach (var (account, reported) in reportedTimes)
                if (_told.Count < MostAccounts && _told.Add(account))
                    log.LogWarning("An event of account {Account} of {Source} says that it happened at {Reported}, but it came with those of "
                        + "{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z: another time counts, the clock of the panel may be wrong. This is said "
                        + "once for each account",
                        account, options.Value.Source, reported, slice.From.ToTime(), slice.To.ToTime());
    }
}
