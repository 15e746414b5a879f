using System.Globalization;
using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Api;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>The alerts of the past, below <c>/api/v1/history</c>.</summary>
internal static class HistoryApi
{
    const int UsualPage = 100;

    // A file of a year takes its time, and two people seldom want one at once.
    static readonly EndpointLimits OfFiles = EndpointLimits.Small with { Timeout = TimeSpan.FromMinutes(10), Requests = 4 };

    public static void Map(IEndpointRouteBuilder api)
    {
        const string Filter = "A name of a field or label with a value keeps those that have one of its values; q is words, from and to are when it "
            + "was raised (ISO 8601; the last 30 days where nothing is said), ack is yes or no, by is who took it on, min and max how long it lasted "
            + "(00:10:00, 90s, 10m, 2h, 1d), state is raised or cleared, oldest=yes has the oldest first.";
        var history = api.MapGroup("").WithTags("History");
        history.MapGet("/history", Page).WithName("ListHistory").WithSummary("Alerts of the past, over or not").WithDescription(Filter)
            .Produces<HistoryPage>().ProducesProblem(StatusCodes.Status400BadRequest);
        history.MapGet("/history.csv", Csv).WithName("DownloadHistory").WithSummary("The same as comma separated values")
            .WithDescription(Filter + " Texts that a spreadsheet would take for formulas begin with an apostrophe.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv").ProducesProblem(StatusCodes.Status400BadRequest).WithLimits(OfFiles);
        history.MapGet("/history/times", Times).WithName("GetTimes")
            .WithSummary("How long it took until somebody took alerts on, and until they were cleared, by rule").WithDescription(Filter)
            .Produces<HistoryTimes>().ProducesProblem(StatusCodes.Status400BadRequest).WithLimits(OfFiles);
    }

    static async Task<IResult> Page(HttpRequest request, string? after, int? limit, ClaimsPrincipal user, HistoryQuery history, CancellationToken ct)
    {
        if (HistoryFilter.Faults(request.Filter("after", "limit")).ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults, StatusCodes.Status400BadRequest);
        try
        {
            var filter = HistoryFilter.Parse(request.Filter("after", "limit"));
            return Results.Ok(await history.Page(filter, after, limit ?? UsualPage, Caller.Of(user), ct));
        }
        catch (FormatException e)
        {
            return Problems.Refused([e.Message], StatusCodes.Status400BadRequest);
        }
    }

    static IResult Csv(HttpRequest request, ClaimsPrincipal user, HistoryQuery history, TimeProvider time, CancellationToken ct)
    {
        if (HistoryFilter.Faults(request.Filter()).ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults, StatusCodes.Status400BadRequest);
        var filter = HistoryFilter.Parse(request.Filter());
        var caller = Caller.Of(user);
        return Results.Stream(output => history.Csv(filter, caller, output, ct), "text/csv; charset=utf-8",
            $"alerts-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.csv");
    }

    static async Task<IResult> Times(HttpRequest request, ClaimsPrincipal user, HistoryQuery history, CancellationToken ct) =>
        HistoryFilter.Faults(request.Filter()).ToList() is { Count: > 0 } faults ? Problems.Refused(faults, StatusCodes.Status400BadRequest)
            : Results.Ok(await history.Times(HistoryFilter.Parse(request.Filter()), Caller.Of(user), ct));
}
