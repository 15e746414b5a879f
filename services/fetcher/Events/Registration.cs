using Sigma.Fetcher.Queries;
using Sigma.Hosting;

namespace Sigma.Fetcher.Events;

internal static class Registration
{
    /// <summary>Segware's events of a slice, and what is odd about them.</summary>
    public static ServiceBuilder AddEvents(this ServiceBuilder service)
    {
        service.Services.AddSingleton<EventFilter>().AddSingleton<EventTime>().AddSingleton<EventReader>()
            .AddSingleton<SegwareEvents>().AddSegwareCheck();
        service.Services.AddSingleton<MalformedRecordTable>().AddSingleton<KnownFields>().AddSingleton<ReplacedTimes>();
        return service;
    }
}
