using Sigma.Simulator.Faults;
using Sigma.Simulator.Received;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Control;

/// <summary>What tests and people steer the simulator with; neither API has any of it.</summary>
internal static class ControlApi
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" }));
        app.MapGet("/health/ready", () => Results.Ok(new { status = "ready" }));

        var control = app.MapGroup("/_sim");
        control.MapGet("/state", State);
        control.MapGet("/received", Received);
        control.MapPost("/reset", (SimulatorReset reset) => { reset.Run(); return Results.NoContent(); });
        control.MapGet("/events", Offered);
        control.MapGet("/counts", Counts);
        control.MapPost("/events", (SegwareEvent[] events, SegwareStore store) => { store.AddRange(events); return Results.NoContent(); });
        control.MapPost("/occurrences", AddOccurrences);
        control.MapGet("/faults", (FaultBoard faults) => Results.Ok(faults.Active));
        control.MapPost("/faults", AddFault);
        control.MapDelete("/faults", (FaultBoard faults) => { faults.Clear(); return Results.NoContent(); });
        control.MapDelete("/faults/{id:int}", (int id, FaultBoard faults) => faults.Remove(id) ? Results.NoContent() : Results.NotFound());
        control.MapVendors();
    }

    private static IResult State(ScenarioPlayer player, SimulatorOptions options, SegwareStore store, TimeProvider clock) => Results.Ok(new
    {
        now = clock.GetUtcNow(),
        scenario = player.Name,
        startedAt = player.StartedAt,
        seed = options.Seed,
        events = store.EventCount,
    });

    private static IResult Received(ReceivedLog received) => Results.Ok(new
    {
        messages = received.Messages,
        alarmEvents = received.AlarmEvents,
        calls = received.CallCounts,
    });

    private static IResult Offered(string? from, string? to, SegwareStore store) =>
        Range(from, to) is { } slice ? Results.Ok(store.EventsBetween(slice.From, slice.To)) : WrongRange();

    private static IResult Counts(string? from, string? to, SegwareStore store) =>
        Range(from, to) is { } slice
            ? Results.Ok(store.EventsBetween(slice.From, slice.To)
                .CountBy(e => (e.AccountId, e.Cuc, e.Code))
                .Select(key => new { key.Key.AccountId, key.Key.Cuc, key.Key.Code, Count = key.Value }))
            : WrongRange();

    private static IResult AddOccurrences(Occurrence[] occurrences, SegwareStore store)
    {
        foreach (var occurrence in occurrences)
        {
            store.Add(occurrence);
        }

        return Results.NoContent();
    }

    private static IResult AddFault(Fault fault, FaultBoard faults) =>
        fault.Complaint() is { } complaint
            ? Results.BadRequest(new { message = complaint })
            : faults.Add(fault) is var active ? Results.Created($"/_sim/faults/{active.Id}", active) : null!;

    private static TimeSlice? Range(string? from, string? to)
    {
        var start = from is null ? DateTimeOffset.MinValue : QueryDates.Date(from);
        var end = to is null ? DateTimeOffset.MaxValue : QueryDates.Date(to);
        return start is null || end is null ? null : new TimeSlice(start.Value, end.Value);
    }

    private static IResult WrongRange() => Results.BadRequest(new { message = "from and to must be ISO-8601 with an offset" });
}
