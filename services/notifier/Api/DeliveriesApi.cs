using Sigma.Hosting.Api;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Notifier.Api;

/// <summary>The deliveries, as <c>sigma deliveries</c>: what is or was to be said of alerts, and a person's word about it.</summary>
internal static class DeliveriesApi
{
    const int Most = 1000, Usual = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        var deliveries = app.MapGroup("/deliveries");
        deliveries.MapGet("", List);
        deliveries.MapGet("/told", async (string channel, string? receipt, ToldQuery query, CancellationToken ct) =>
            Results.Ok(await query.Find(channel, receipt, ct)));
        deliveries.MapPost("/{id:guid}/ask", async (Guid id, VendorNews body, VendorQuestion question, CancellationToken ct) =>
        {
            await question.AskNow(id, body.Message, ct); // one that waits for nothing, or for another message, is no fault
            return Results.NoContent();
        });
        deliveries.MapPost("/{id:guid}/retry", Retry);
        deliveries.MapPost("/{id:guid}/give-up", GiveUp);
        deliveries.MapPost("/{id:guid}/settle", Settle);
    }

    static async Task<IResult> List(string[]? state, string? channel, Guid? alert, int? limit, DeliveryQuery query, CancellationToken ct)
    {
        List<DeliveryState> states = [];
        foreach (var name in state ?? [])
            if (Enum.GetValues<DeliveryState>().Where(known => known.Stored() == name).ToList() is [var known])
                states.Add(known);
            else
                return Problems.Refused([$"state is one of {string.Join(", ", Enum.GetValues<DeliveryState>().Select(one => one.Stored()))}"],
                    StatusCodes.Status400BadRequest);
        var found = await query.Find(new(states, channel, alert is { } id ? [id] : []), Math.Clamp(limit ?? Usual, 1, Most), ct);
        return Results.Ok(found.Select(ShownDelivery.Of));
    }

    static async Task<IResult> Retry(Guid id, PersonsWord body, DeliveryQuery query, DeliveryRetry retry, TimeProvider time, CancellationToken ct)
    {
        if (Person.Fault(body.By) is { } fault)
            return Problems.Refused([fault]);
        if ((await query.Find(new([], null, [id]), 1, ct)).FirstOrDefault(found => found.Id == id) is not { } delivery)
            return NotThere(id);
        return await retry.Retry(delivery, Person.At(body.By, time), ct) ? Results.NoContent()
            : Problems.Refused(["only what has failed or is uncertain is sent again"], StatusCodes.Status409Conflict);
    }

    static async Task<IResult> GiveUp(Guid id, PersonsWord body, DeliveryQuery query, DeliveryDecision decision, TimeProvider time,
        CancellationToken ct) => await Decide(id, body.By, query, ct,
        () => decision.GiveUp(id, Person.At(body.By, time), ct), "it is settled, is just being sent, or the vendor has it");

    static async Task<IResult> Settle(Guid id, DeliveryFate body, DeliveryQuery query, DeliveryDecision decision, TimeProvider time,
        CancellationToken ct) => await Decide(id, body.By, query, ct,
        () => decision.Settle(id, body.Arrived, Person.At(body.By, time), ct), "it is not uncertain");

    static async Task<IResult> Decide(Guid id, string by, DeliveryQuery query, CancellationToken ct, Func<Task<bool>> decide, string otherwise)
    {
        if (Person.Fault(by) is { } fault)
            return Problems.Refused([fault]);
        if (await decide())
            return Results.NoContent();
        return (await query.Find(new([], null, [id]), 1, ct)).Any(found => found.Id == id)
            ? Problems.Refused([otherwise], StatusCodes.Status409Conflict) : NotThere(id);
    }

    static IResult NotThere(Guid id) => Problems.NotFound($"There is no delivery {id}.");
}

/// <summary>A delivery, as it is shown.</summary>
internal sealed record ShownDelivery(Guid Id, Guid AlertId, string Kind, string Channel, string State, int Attempts, string? Reason, string? Receipt,
    DateTimeOffset DueAt, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt)
{
    /// <summary>Name of the alert's rule; null when the alert's row is gone.</summary>
    public string? Rule { get; init; }

    /// <summary>The alert's.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public static ShownDelivery Of(FoundDelivery found) => Of(found, found.Id) with
    {
        Rule = found.Rule, Labels = found.Labels, Receipt = found.Receipt,
    };

    public static ShownDelivery Of(DeliveryOutcome found, Guid id) => new(id, found.AlertId, found.Kind, found.Channel, found.State.Stored(),
        found.Attempts, found.Reason, null, found.DueAt.ToTime(), found.CreatedAt.ToTime(), found.SettledAt?.ToTime());
}

/// <summary>The vendor's name for a message of which it has news.</summary>
internal sealed record VendorNews(string Message);

/// <summary>Who wants it.</summary>
internal sealed record PersonsWord(string By);

/// <summary>What became of it, and who says so.</summary>
internal sealed record DeliveryFate(string By, bool Arrived);
