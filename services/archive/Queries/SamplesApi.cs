using Sigma.Archive.Samples;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;

namespace Sigma.Archive.Queries;

/// <summary><c>GET /series</c> and <c>/samples</c>: what the console's charts show.</summary>
internal static class SamplesApi
{
    const int DefaultPage = 100, LargestPage = 1_000, MostSeries = 50, DefaultSteps = 300, MostSteps = 2_000;

    const long Day = 86_400_000;

    static readonly EndpointLimits Limits = EndpointLimits.Small with { Requests = 8 };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/series", Series).WithLimits(Limits);
        app.MapGet("/samples", Samples).WithLimits(Limits);
    }

    static Task<IResult> Series(string? name, string[]? label, DateTimeOffset? from, DateTimeOffset? to, int? limit, string? after,
        ISampleStore store, TimeProvider time, CancellationToken ct) => Answer(name, label, from, to, time, async (filter, range) =>
    {
        if (limit is < 1 or > LargestPage)
            return Refused($"limit is 1 to {LargestPage}");
        SeriesName? start = null;
        if (after is not null && (start = SeriesName.Parse(after)) is null)
            return Refused("after is what an earlier page said as next");
        var found = await store.Series(filter, range, start, limit ?? DefaultPage, ct);
        return Results.Ok(new Page<SeriesAnswer>([.. found.Series.Select(series => new SeriesAnswer(series.Name, series.Labels))],
            found.HasMore ? found.Series[^1].Cursor() : null));
    });

    static Task<IResult> Samples(string? name, string[]? label, DateTimeOffset? from, DateTimeOffset? to, double? step, ISampleStore store,
        TimeProvider time, CancellationToken ct) => Answer(name, label, from, to, time, async (filter, range) =>
    {
        var length = step is { } seconds ? seconds * 1000 : Math.Max(1, Math.Ceiling((range.To - range.From) / (double)DefaultSteps));
        if (!(length >= 1) || (range.To - range.From) / length > MostSteps)
            return Refused($"step is in seconds, 0.001 at least, and there are at most {MostSteps} of them");
        var milliseconds = (long)length;
        var found = await store.Samples(filter, range, milliseconds, MostSeries, ct);
        return Results.Ok(new SamplesAnswer(DateTimeOffset.FromUnixTimeMilliseconds(range.From), DateTimeOffset.FromUnixTimeMilliseconds(range.To),
            milliseconds / 1000.0, found.HasMore,
            [.. found.Series.Select(of => new SeriesPoints(of.Series.Name, of.Series.Labels, [.. of.Steps.Select(PointAnswer.Of)]))]));
    });

    static async Task<IResult> Answer(string? name, string[]? label, DateTimeOffset? from, DateTimeOffset? to, TimeProvider time,
        Func<SeriesFilter, TimeRange, Task<IResult>> answer)
    {
        Dictionary<string, string> labels = [];
        foreach (var pair in label ?? [])
            if (pair.Split('=', 2) is not [{ Length: > 0 } key, var value] || !labels.TryAdd(key, value))
                return Refused("label is a name, an equals sign and a value, and each name is there once");
        var end = (to ?? time.GetUtcNow()).ToUnixTimeMilliseconds();
        TimeRange range = new(from?.ToUnixTimeMilliseconds() ?? end - Day, end);
        if (range.From >= range.To)
            return Refused("from is before to");
        var isPrefix = name?.EndsWith('*') == true;
        try
        {
            return await answer(new SeriesFilter(string.IsNullOrEmpty(name) ? null : isPrefix ? name[..^1] : name, isPrefix, labels), range);
        }
        catch (TooManyValuesException e)
        {
            return Refused(e.Message);
        }
        catch (TimeoutException e)
        {
            return Problems.Of(StatusCodes.Status504GatewayTimeout, e.Message);
        }
        catch (Exception e) when (e is Sigma.Hosting.Http.ApiException or HttpRequestException or Polly.Timeout.TimeoutRejectedException
            or Polly.CircuitBreaker.BrokenCircuitException or InvalidOperationException)
        {
            return Problems.Of(StatusCodes.Status502BadGateway, $"The server that keeps the samples does not answer: {e.Message}");
        }
    }

    static IResult Refused(string fault) => Problems.Refused([fault], StatusCodes.Status400BadRequest);
}

/// <summary>A series.</summary>
internal sealed record SeriesAnswer(string Name, IReadOnlyDictionary<string, string> Labels);

/// <summary>Values of series, in steps.</summary>
/// <param name="From">Start of the first step, UTC.</param>
/// <param name="To">End of the range, exclusive.</param>
/// <param name="Step">Seconds of each step.</param>
/// <param name="More">Whether further series are meant than there are here.</param>
/// <param name="Series">The series.</param>
internal sealed record SamplesAnswer(DateTimeOffset From, DateTimeOffset To, double Step, bool More, IReadOnlyList<SeriesPoints> Series);

/// <summary>A series and its values; steps without any are left out.</summary>
internal sealed record SeriesPoints(string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<PointAnswer> Points);

/// <summary>The values of a step.</summary>
internal sealed record PointAnswer(DateTimeOffset At, double Avg, double? Min, double? Max, long? Count)
{
    public static PointAnswer Of(SeriesStep step) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(step.At), step.Average, step.Least, step.Greatest, step.Count);
}
