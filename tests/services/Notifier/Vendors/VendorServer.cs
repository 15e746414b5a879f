using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sigma.ServiceTests.Notifier.Vendors;

/// <summary>Stands for a vendor's API over HTTP, and keeps what it was sent.</summary>
internal sealed class VendorServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly List<VendorCall> _calls = [];

    VendorServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>What it answers.</summary>
    public Func<VendorCall, VendorAnswer> Answers { get; set; } = _ => new(200);

    public IReadOnlyList<VendorCall> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    public static async Task<VendorServer> Start(Func<VendorCall, VendorAnswer>? answers = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        VendorServer server = new(app);
        if (answers is not null)
            server.Answers = answers;
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    async Task Answer(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        VendorCall call = new(context.Request.Method, context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray(),
            TimeProvider.System.GetUtcNow());
        lock (_calls)
            _calls.Add(call);
        var answer = Answers(call);
        if (answer.After > TimeSpan.Zero)
            await Task.Delay(answer.After, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        if (answer.Body.Length > 0)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>A call, as it came.</summary>
internal sealed record VendorCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, DateTimeOffset At)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}

/// <summary>What a vendor answers.</summary>
internal sealed record VendorAnswer(int Status, string Body = "", params (string Name, string Value)[] Headers)
{
    public TimeSpan After { get; init; }
}
