using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Events;
using Sigma.Segware;

namespace Sigma.Fetcher.Queries;

/// <summary>Asks Segware for a second of events, to see whether it answers. Filtered by default, whatever the fetcher's settings are.</summary>
public sealed class SegwareCheck
{
    const long Second = 1_000;

    readonly SegwareEvents _events;

    internal SegwareCheck(SegwareApi api, EventTime times, IOptions<SegwareOptions> options) =>
        _events = new SegwareEvents(api, new EventReader(times, new EventFilter(Options.Create(new FetcherOptions()))), options);

    /// <summary>How many events the second before a time has.</summary>
    /// <exception cref="OverLimitException">More than an answer may hold.</exception>
    public async Task<int> EventsBefore(DateTimeOffset to, CancellationToken ct) =>
        (await _events.In(new Slice(to.ToUnixTimeMilliseconds() - Second, to.ToUnixTimeMilliseconds()), ct)).Records;
}

internal static class SegwareCheckRegistration
{
    public static IServiceCollection AddSegwareCheck(this IServiceCollection services) => services.AddSingleton(provider => new SegwareCheck(
        provider.GetRequiredService<SegwareApi>(), provider.GetRequiredService<EventTime>(),
        provider.GetRequiredService<IOptions<SegwareOptions>>()));
}
