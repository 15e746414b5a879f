using System.Globalization;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Queries;
using Sigma.Hosting.Api;
using Sigma.Storage.Revisions;

namespace Sigma.Gateway.Api;

/// <summary>The integrations there are, and what people change of them.</summary>
internal static class IntegrationsApi
{
    const int LongestPage = 500, UsualPage = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/integrations", List);
        app.MapGet("/integrations/revisions", (long? after, int? limit, IntegrationQuery query, CancellationToken ct) =>
            Revisions(null, after, limit, query, ct));
        app.MapGet("/integrations/{name}", Show);
        app.MapGet("/integrations/{name}/revisions", (string name, long? after, int? limit, IntegrationQuery query, CancellationToken ct) =>
            Revisions(name, after, limit, query, ct));
        app.MapPut("/integrations/{name}", Put);
        app.MapPost("/integrations/{name}/key", (string name, KeyOrder body, HttpContext http, IntegrationEdits edits, IntegrationBook book,
            CancellationToken ct) => Edit(http, book, ct, () => edits.NewKey(name, body.FormerCounts, Order(http, body.By, body.Why), ct)));
        app.MapDelete("/integrations/{name}", (string name, string by, string? why, HttpContext http, IntegrationEdits edits, IntegrationBook book,
            CancellationToken ct) => Edit(http, book, ct, () => edits.Remove(name, Order(http, by, why), ct)));
    }

    static async Task<IResult> List(HttpContext http, IntegrationQuery query, IntakeQuery intake, CancellationToken ct)
    {
        var all = await query.All(ct);
        var last = await intake.Last(all.Integrations.Select(one => one.Name), ct);
        http.Response.SetRevision(all.Revision);
        return Results.Ok(new IntegrationList(all.Revision, [.. all.Integrations.Select(one => Of(one, last.GetValueOrDefault(one.Name)))]));
    }

    static async Task<IResult> Show(string name, HttpContext http, IntegrationQuery query, IntakeQuery intake, CancellationToken ct)
    {
        if (await query.Find(name, ct) is not { } found)
            return Problems.NotFound($"There is no integration {name}.");
        http.Response.SetRevision(found.Made?.Number ?? 0);
        return Results.Ok(Of(found, (await intake.Last([name], ct)).GetValueOrDefault(name)));
    }

    static async Task<IResult> Revisions(string? name, long? after, int? limit, IntegrationQuery query, CancellationToken ct)
    {
        var most = Math.Clamp(limit ?? UsualPage, 1, LongestPage);
        var found = await query.History(name, most + 1, after, ct);
        return Results.Ok(new Page<IntegrationRevision>([.. found.Take(most).Select(Of)],
            found.Count > most ? found[most - 1].Number.ToString(CultureInfo.InvariantCulture) : null));
    }

    static Task<IResult> Put(string name, IntegrationToPut body, HttpContext http, IntegrationEdits edits, IntegrationBook book,
        CancellationToken ct) => Edit(http, book, ct, () =>
        {
            var integration = body.Integration.Options();
            if (integration.Name != name)
                throw new IntegrationRefusedException(EditRefusal.Invalid,
                    $"Name is {integration.Name}, and the address names {name}: an integration renamed is another");
            return edits.Put(integration, Order(http, body.By, body.Why), ct);
        });

    static async Task<IResult> Edit(HttpContext http, IntegrationBook book, CancellationToken ct, Func<Task<IntegrationEdit>> edit)
    {
        try
        {
            var made = await edit();
            await book.TryRefresh(ct); // this process at once, the others within seconds
            http.Response.SetRevision(made.Revision);
            return Results.Ok(new IntegrationChanged(made.Name, made.Revision, made.Change, made.Key));
        }
        catch (IntegrationRefusedException e)
        {
            return e.Refusal switch
            {
                EditRefusal.Unknown => Problems.Refused(e.Faults, StatusCodes.Status404NotFound),
                EditRefusal.Taken => Problems.Refused(e.Faults, StatusCodes.Status409Conflict),
                EditRefusal.Outdated => Problems.Outdated(e.Message),
                _ => Problems.Refused(e.Faults),
            };
        }
    }

    static EditOrder Order(HttpContext http, string by, string? why) => new(by, why, http.Request.ExpectedRevision());

    static IntegrationRevision Of(Revision change) =>
        new(change.Number, change.Name, change.Change, change.Body is null, change.By, change.Why, change.At);

    static IntegrationAnswer Of(ListedIntegration found, LastDelivery? last) => new(found.Name, found.Made is null, found.Made?.Number ?? 0,
        found.HasKey, found.HasSecret, found.FormerKeyUntil, found.Options is { } says ? IntegrationBody.Of(says) : null, found.Fault)
    {
        Change = found.Made?.Change, By = found.Made?.By, Why = found.Made?.Why, At = found.Made?.At,
        Last = last is null ? null : new(last.Id, last.ReceivedAt, last.State),
    };
}
