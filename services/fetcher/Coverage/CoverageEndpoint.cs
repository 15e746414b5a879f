using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Sigma.Fetcher.Queries;
using Sigma.Storage;

namespace Sigma.Fetcher.Coverage;

/// <summary><c>GET /coverage?hours=24</c>: which minutes are covered, late or missing, and why. JSON, or a picture for a browser.</summary>
internal static class CoverageEndpoint
{
    const int Day = 24, Longest = 7 * Day;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/coverage", Show);

    static async Task<IResult> Show(HttpContext http, CoverageSummary account, IOptions<FetcherOptions> options, ILogger<CoverageSummary> log,
        CancellationToken ct)
    {
        var hours = Day;
        if (http.Request.Query["hours"] is [var asked, ..] && !(int.TryParse(asked, out hours) && hours is >= 1 and <= Longest))
            return Results.Text($"hours must be a whole number from 1 to {Longest}", statusCode: StatusCodes.Status400BadRequest);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Accept";
        KnownCoverage known;
        try
        {
            known = await account.Of(TimeSpan.FromHours(hours), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Reading the coverage failed: {Reason}", e.Message);
            return Results.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        var strip = CoverageStrip.Of(known, options.Value.LateAfter);
        return IsBrowser(http.Request)
            ? Results.Content(CoveragePage.Of(options.Value.Source, known, strip), "text/html", Encoding.UTF8)
            : Results.Json(Answer(options.Value.Source, known, strip), Json);
    }

    static bool IsBrowser(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    static object Answer(string source, KnownCoverage known, IReadOnlyList<MinuteLook> strip) => new
    {
        source,
        at = known.Now.ToTime(),
        watermark = known.Watermark?.ToTime(),
        lagSeconds = (known.Now - known.Watermark) / 1000.0,
        lastPoll = known.PolledAt?.ToTime(),
        lastPollStopped = known.Stopped,
        minutes = CoverageStrip.Count(strip),
        ranges = CoverageStrip.Ranges(strip, known.From).Select(range => new
        {
            from = range.From.ToTime(),
            to = range.To.ToTime(),
            range.Minutes,
            state = CoverageStrip.Name(range.Look.State),
            range.Look.Reason,
            attempts = range.Look.Attempts > 0 ? range.Look.Attempts : (int?)null,
            nextTry = range.Look.NextTry?.ToTime(),
            coveredAt = range.Look.CoveredAt?.ToTime(),
        }),
    };
}
