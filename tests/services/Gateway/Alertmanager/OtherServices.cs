using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sigma.ServiceTests.Gateway.Senders;

namespace Sigma.ServiceTests.Gateway.Alertmanager;

/// <summary>Evaluator and notifier, as far as the gateway asks them, by their internal API.</summary>
internal sealed class OtherServices : IAsyncDisposable
{
    readonly WebApplication _app;

    OtherServices(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>What is raised, by source.</summary>
    public Dictionary<string, JsonArray> Raised { get; } = [];

    /// <summary>Silences by their id.</summary>
    public Dictionary<string, JsonObject> Silences { get; } = [];

    public static async Task<OtherServices> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        OtherServices others = new(app);
        app.MapGet("/internal/evaluator/alerts", (HttpContext http, string source) => !IsAllowed(http) ? Results.Unauthorized()
            : Results.Json(new { items = others.Raised.GetValueOrDefault(source) ?? [], next = (string?)null }));
        app.MapGet("/internal/notifier/silences", (HttpContext http, bool? all) => !IsAllowed(http) ? Results.Unauthorized()
            : Results.Json(new { silences = others.Silences.Values.Where(s => all is true || (string?)s["state"] is "active" or "to come") }));
        app.MapPost("/internal/notifier/silences", (JsonObject body) =>
        {
            var id = (string)body["silenceId"]!;
            others.Silences.TryAdd(id, new JsonObject
            {
                ["id"] = id, ["matchers"] = body["matchers"]!.DeepClone(), ["until"] = body["until"]!.DeepClone(), ["by"] = body["by"]!.DeepClone(),
                ["why"] = body["why"]!.DeepClone(), ["state"] = body["from"] is null ? "active" : "to come", ["from"] = body["from"]?.DeepClone(),
            });
            return Results.Json(new { silenceId = id });
        });
        app.MapPost("/internal/notifier/silences/{id}/end", (string id, JsonElement _) =>
        {
            others.Silences[id]["state"] = "ended";
            return Results.NoContent();
        });
        await app.StartAsync();
        return others;
    }

    static bool IsAllowed(HttpContext http) => http.Request.Headers.Authorization == $"Bearer {SenderSession.Api}";

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
