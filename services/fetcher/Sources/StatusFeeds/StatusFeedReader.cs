using Microsoft.Extensions.Options;
using Sigma.Fetcher.Sources.Affected;
using Sigma.Fetcher.Sources.Schedule;
using Sigma.Hosting.Http;

namespace Sigma.Fetcher.Sources.StatusFeeds;

/// <summary>Makes the feeds that the settings name.</summary>
internal sealed class StatusFeedReader(IOptions<FetcherOptions> options, ApiClients clients, AffectedSites sites, TimeProvider time) : ISourceReader
{
    public IEnumerable<IPolledSource> Read() => options.Value.StatusFeeds.Select(feed =>
    {
        var kind = FeedKind.Find(feed.Kind)!;
        var address = kind.AddressOf(feed);
        var provider = feed.Provider.Length > 0 ? feed.Provider : kind.Provider.Length > 0 ? kind.Provider : feed.Name;
        var http = clients.Create($"feed:{feed.Name}", new() { CaFile = feed.CaFile });
        SourcePlan plan = new()
        {
            Name = feed.Name, Kind = "feed", Type = kind.Name, About = $"outages of {provider}, told by {address.Host}",
            Turns = Turns.At(feed.Every) with { Spread = true }, Timeout = feed.Timeout, TellFailureAfter = feed.UnknownAfter,
            Labels = new Dictionary<string, string> { ["provider"] = provider, ["feed"] = feed.Name },
            Failure = $"The feed {feed.Name} cannot be read, so outages of {provider} are not seen", GoneAfter = feed.GoneAfter,
        };
        return new StatusFeed(feed, kind, new(http, address, feed.Patience, time), new(feed, provider, sites), plan);
    });
}
