using System.Security.Cryptography;

namespace Sigma.Simulator.Outages;

internal static class Registration
{
    public static IServiceCollection AddOutages(this IServiceCollection services) => services.AddSingleton<OutageBoard>();

    public static void MapOutages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/feeds/{kind}", (string kind, HttpContext context, OutageBoard board) => FeedBody.Kinds.Contains(kind)
            ? Answer(context, board.Served(kind) ?? FeedBody.Of(kind, board.Of(kind))) : Results.NotFound());
        // Where a Statuspage's own address is set
        app.MapGet("/feeds/{kind}/api/v2/summary.json", (HttpContext context, OutageBoard board) =>
            Answer(context, board.Served("statuspage") ?? FeedBody.Of("statuspage", board.Of("statuspage"))));

        var control = app.MapGroup("/_sim/outages");
        control.MapGet("/{kind}", (string kind, OutageBoard board) => Results.Ok(board.Of(kind)));
        control.MapPut("/{kind}", (string kind, SimulatedOutage outage, OutageBoard board) =>
        {
            board.Put(kind, outage);
            return Results.NoContent();
        });
        control.MapDelete("/{kind}/{id}", (string kind, string id, OutageBoard board) =>
        {
            board.Remove(kind, id);
            return Results.NoContent();
        });
    }

    private static IResult Answer(HttpContext context, (byte[] Body, string ContentType) feed)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(feed.Body))[..16]}\"";
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch == tag ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(feed.Body, feed.ContentType);
    }
}
