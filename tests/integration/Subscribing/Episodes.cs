using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Subscribing;

internal static class Episodes
{
    /// <summary>An excess under the default rule; returns the trace its batch was published in.</summary>
    public static async Task<ActivityTraceId> Raise(this Station station, WebApplication evaluator)
    {
        using var poll = new Activity("poll").Start();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(25, Noon.AddMinutes(1), "4711")));
        return poll.TraceId;
    }

    /// <summary>Quiet time until it is over.</summary>
    public static Task Clear(this Station station, WebApplication evaluator) =>
        station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(125), []));
}
