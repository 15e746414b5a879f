using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Fetcher.Sources;
using Sigma.Hosting;
using Sigma.ServiceTests.Gateway.Payloads;

namespace Sigma.ServiceTests.Fetcher.Sources;

/// <summary>
/// A fetcher and an evaluator in one process, and a server that answers as a provider did when its feed was captured: from the feed to the alert.
/// Each case has a feed of its own.
/// </summary>
public sealed class FeedsAndEvaluator : IAsyncLifetime
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"sigma-feeds-{Guid.NewGuid():N}.db");
    readonly ConcurrentDictionary<string, byte[]> _bodies = new();
    WebApplication? _provider, _app;
    int _markers;

    internal ToldNews News { get; } = new();

    public async Task InitializeAsync()
    {
        var provider = WebApplication.CreateEmptyBuilder(new());
        provider.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _provider = provider.Build();
        _provider.Run(async http => await http.Response.Body.WriteAsync(_bodies.GetValueOrDefault(http.Request.Path.Value![1..], [])));
        await _provider.StartAsync();

        Dictionary<string, string?> settings = new()
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={_file}", ["Api:Key"] = SourcesSession.Key, ["Fetcher:Probes:Folder"] = "",
        };
        foreach (var (index, file) in OutageFile.All.Index())
        {
            settings[$"Fetcher:StatusFeeds:{index}:Name"] = file.Name;
            settings[$"Fetcher:StatusFeeds:{index}:Kind"] = file.Kind;
            settings[$"Fetcher:StatusFeeds:{index}:Address"] = $"{_provider.Urls.First()}/{file.Name}.json";
            settings[$"Fetcher:StatusFeeds:{index}:Every"] = "1.00:00:00"; // looked at by hand
            settings[$"Fetcher:StatusFeeds:{index}:Patience:Retries"] = "0";
            _bodies[$"{file.Name}.json"] = file.Steps[0].Body;
        }
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting().AddSingleton(News);
        _app = await ServiceHost.Start("fetcher", builder, service => service.AddFetcher().AddEvaluator().Consumers(ToldNews.Listen),
            CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        foreach (var app in new[] { _app, _provider }.OfType<WebApplication>())
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
            File.Delete(_file + part);
    }

    /// <summary>Looks at a feed twice that says this.</summary>
    internal async Task LookTwice(string name, byte[] body)
    {
        _bodies[$"{name}.json"] = body;
        var services = _app!.Services;
        var source = services.GetRequiredService<SourceSet>().Find(name)!;
        for (var time = 0; time < 2; time++)
            await Await.Until(() => services.GetRequiredService<SourceRunner>().Run(source, TimeSpan.Zero, CancellationToken.None),
                $"{name} is looked at");
    }

    /// <summary>Waits until so many alerts of a feed were raised and so many cleared, and sees that no more come.</summary>
    internal async Task Expect(string name, int raised, int cleared, string story)
    {
        (int, int) Seen() => (News.Raised(name).Count, News.Cleared(name).Count);
        await Await.Until(() => Task.FromResult(Seen()), seen => seen.Item1 >= raised && seen.Item2 >= cleared,
            $"{raised} are raised and {cleared} cleared by {story}");
        // What comes last takes the same way behind it.
        var title = $"marker {Interlocked.Increment(ref _markers)}";
        await _app!.Services.GetRequiredService<IBus>().Publish(new ConditionReported
        {
            BatchId = Guid.NewGuid(), Source = "markers", Conditions =
            [
                new()
                {
                    ExternalId = title, Title = title, Labels = new Dictionary<string, string>(), State = ConditionState.Firing,
                    ReportedAt = TimeProvider.System.GetUtcNow(),
                },
            ],
        });
        await Await.Until(() => Task.FromResult(News.Raised("markers").Any(alert => alert.Summary == title)), $"{title} is raised");
        Assert.True(Seen() == (raised, cleared), $"{Seen()} were raised and cleared, not {(raised, cleared)}, by {story}");
    }
}
