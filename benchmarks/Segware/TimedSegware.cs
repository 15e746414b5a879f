using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Sigma.Benchmarks.Traffic;
using Sigma.Simulator;
using Sigma.Simulator.Segware;

namespace Sigma.Benchmarks.Segware;

/// <summary>The simulator, and when each of its answers about events was asked for and had gone out.</summary>
internal sealed class TimedSegware : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly SegwareStore _store;
    readonly ConcurrentQueue<TimedAnswer> _answers;
    readonly SemaphoreSlim _answered;

    TimedSegware(WebApplication app, string token, ConcurrentQueue<TimedAnswer> answers, SemaphoreSlim answered)
    {
        _app = app;
        Token = token;
        _answers = answers;
        _answered = answered;
        _store = app.Services.GetRequiredService<SegwareStore>();
        Url = new Uri(app.Urls.First());
    }

    public Uri Url { get; }
    public string Token { get; }

    public static async Task<TimedSegware> Start(CancellationToken ct)
    {
        var options = new SimulatorOptions();
        var answers = new ConcurrentQueue<TimedAnswer>();
        var answered = new SemaphoreSlim(0);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.AddSimulator(options, TimeProvider.System);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Use(async (context, next) =>
        {
            var asked = TimeProvider.System.GetUtcNow();
            await next(context);
            if (context.Request.Path != "/v1/events")
                return;
            answers.Enqueue(new TimedAnswer(Date(context, "startDate"), Date(context, "endDate"), asked, TimeProvider.System.GetUtcNow()));
            answered.Release();
        });
        app.MapSimulator();
        await app.StartAsync(ct);
        return new TimedSegware(app, options.Token, answers, answered);
    }

    public void Add(IEnumerable<PanelEvent> events) => _store.AddRange(events.Select(e => new SegwareEvent
    {
        AccountId = e.Key.Account, Cuc = e.Key.Cuc, Code = e.Key.Code, At = DateTimeOffset.FromUnixTimeMilliseconds(e.At),
    }));

    /// <summary>Answers once before anything is measured: the real Segware has been running for long, and not on this machine.</summary>
    public async Task WarmUp(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {Token}");
        var to = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 8; i++)
        {
            (await http.GetAsync(string.Create(CultureInfo.InvariantCulture,
                $"v1/events?startDate={to.AddHours(-2):yyyy-MM-ddTHH:mm:ss.fffZ}&endDate={to:yyyy-MM-ddTHH:mm:ss.fffZ}"), ct))
                .EnsureSuccessStatusCode().Dispose();
            await Next(ct);
        }
    }

    /// <summary>Waits for the next answer, whatever it says.</summary>
    public async Task<TimedAnswer> Next(CancellationToken ct)
    {
        await _answered.WaitAsync(ct);
        return _answers.TryDequeue(out var answer) ? answer : throw new InvalidOperationException("An answer was counted that is not there.");
    }

    /// <summary>Waits for the first answer, asked for after <paramref name="since"/>, that had everything between these instants in it.</summary>
    public async Task<TimedAnswer> Holding(DateTimeOffset from, DateTimeOffset to, DateTimeOffset since, CancellationToken ct)
    {
        while (true)
            if (await Next(ct) is var answer && answer.AskedAt >= since && answer.From <= from && answer.To >= to)
                return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _answered.Dispose();
    }

    static DateTimeOffset Date(HttpContext context, string name) =>
        DateTimeOffset.Parse(context.Request.Query[name].ToString(), CultureInfo.InvariantCulture);
}

/// <summary>An answer to GET /v1/events: the time it was about, when it was asked for, and when its last byte had been written.</summary>
internal sealed record TimedAnswer(DateTimeOffset From, DateTimeOffset To, DateTimeOffset AskedAt, DateTimeOffset AnsweredAt);
