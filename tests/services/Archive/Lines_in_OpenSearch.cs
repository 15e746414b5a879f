using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Archive.Logs.OpenSearch;

namespace Sigma.ServiceTests.Archive;

/// <summary>The same lines and questions as with the archive's own files.</summary>
public sealed class Lines_in_OpenSearch
{
    static readonly string[] Queries =
    [
        "", "disk", "DISK", "dìsk", "full*", "\"disk full\"", "\"disk fu\"*", "-disk", "-\"disk full\"", "-\"disk fu\"*", "user_id", "7",
        "level>=medium", "level=none,info", "-level=high", "host=web-1", "host=web-2", "host!=web-1", "host=\"\"", "trace=t1",
        "trace!=t1", "trace=\"\"", "-trace=\"\"",
        "source=tests", "source!=tests", "app=~\"sh.*\"", "app!~\"sh.*\"", "disk app=shop level=high", new string('x', 80), new string('x', 70) + "*",
        "-" + new string('x', 80),
    ];

    [Fact]
    public async Task Every_query_finds_and_counts_what_it_finds_in_files()
    {
        await using var server = await StrictOpenSearch.Start();
        await Compare(server.Address, "sigma-logs");
        Assert.Equal(["sigma-logs-n-20261120", "sigma-logs-r-20261120"], server.Indexes);
    }

    /// <summary>As <c>tests/compose/run --search</c> starts one.</summary>
    [OpenSearchFact]
    public Task Every_query_finds_and_counts_the_same_at_the_real_OpenSearch() =>
        Compare(OpenSearchFactAttribute.Address!, $"test-{Guid.NewGuid():N}");

    static async Task Compare(string address, string prefix)
    {
        await using var files = await ArchiveSession.Start(Settings());
        await using var search = await ArchiveSession.Start([.. Settings(address), ("Archive:Logs:OpenSearch:IndexPrefix", prefix)]);
        var lines = ArchiveSession.Lines(("disk full on /var", "high"), ("disk fuller", "critical"), ("Disk is fine", "info"), ("full disk", null),
            ("user_id=7 no disk here", null), ("DÍSK, full!", "medium"), (new string('x', 80), "info"), (new string('x', 80) + "y", "info"));
        lines = lines with { Lines = [.. lines.Lines.Select((line, at) => at % 2 == 0 ? line : line with
        {
            Labels = new Dictionary<string, string> { ["host"] = at % 3 == 0 ? "" : "web-2" },
            Fields = new Dictionary<string, string> { ["Trace"] = $"t{at}" },
        })] };
        foreach (var session in (ArchiveSession[])[files, search])
        {
            await session.Publish(lines);
            await session.Publish(lines);
            await session.Find("", lines.Lines.Count);
        }
        var range = $"from={ArchiveSession.Noon:yyyy-MM-ddTHH:mm:ssZ}&to={ArchiveSession.Noon.AddSeconds(8):yyyy-MM-ddTHH:mm:ssZ}";
        foreach (var query in Queries.Select(Uri.EscapeDataString))
        {
            Assert.Equal(await All(files, query), await All(search, query));
            Assert.Equal((await files.Get($"logs/histogram?parts=4&q={query}&{range}")).GetRawText(),
                (await search.Get($"logs/histogram?parts=4&q={query}&{range}")).GetRawText());
        }
        var one = (await search.Get("logs?q=fuller")).GetProperty("items")[0];
        Assert.Equal(one.GetRawText(), (await search.Get($"logs/line?id={one.GetProperty("id").GetString()}")).GetRawText());
        Assert.Equal(404, (await search.Ask("logs/line?id=1-n1-1")).Status);
    }

    [Fact]
    public async Task Lines_are_kept_once_through_refusals_and_old_days_are_dropped()
    {
        await using var server = await StrictOpenSearch.Start();
        await using var session = await ArchiveSession.Start(Settings(server.Address));
        foreach (var status in (int[])[429, 503, 500])
            server.Refusals.Enqueue(status);
        await session.Publish(ArchiveSession.Lines(("kept", "high"), ("kept too", null)));
        await session.Find("kept", 2);
        var store = session.Services.GetRequiredService<OpenSearchLogStore>();
        Assert.Equal(0, await store.DropBefore(notable: true, new DateOnly(2026, 11, 20), CancellationToken.None));
        Assert.Equal(1, await store.DropBefore(notable: true, new DateOnly(2026, 11, 21), CancellationToken.None));
        await session.Find("kept", 1);
    }

    /// <summary>Page by page.</summary>
    static async Task<string[]> All(ArchiveSession session, string query)
    {
        List<string> all = [];
        for (string? after = null; ;)
        {
            var page = await session.Get($"logs?limit=3&q={query}{(after is null ? "" : $"&after={after}")}");
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(line => string.Join('|', line.EnumerateObject()
                .Where(part => part.Name != "id").Select(part => part.Value.ValueKind == JsonValueKind.Object
                    ? string.Join(',', part.Value.EnumerateObject().Select(pair => $"{pair.Name}={pair.Value}").Order()) : part.Value.ToString()))));
            if (!page.TryGetProperty("next", out var next))
                return [.. all];
            after = next.GetString();
        }
    }

    static (string, string)[] Settings(string? address = null) =>
    [
        ("Archive:Logs:BehindLimit", "3650.00:00:00"), ("Archive:Logs:KeepDays", "3650"), ("Archive:Logs:KeepRoutineDays", "3650"),
        .. address is null ? ((string, string)[])[] : [("Archive:Logs:OpenSearch:Address", address)],
    ];
}

/// <summary>A test that needs an OpenSearch, whose address is in <c>SIGMA_TEST_OPENSEARCH</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenSearchFactAttribute : FactAttribute
{
    public OpenSearchFactAttribute() => Skip = Address is null ? "needs an OpenSearch (tests/compose/run --search)" : null;

    public static string? Address { get; } = Environment.GetEnvironmentVariable("SIGMA_TEST_OPENSEARCH") is { Length: > 0 } address ? address : null;
}
