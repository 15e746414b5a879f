using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Archive;
using Sigma.Archive.Files;
using Sigma.Archive.Logs;
using Sigma.Archive.Logs.Embedded;
using Sigma.Archive.Logs.Tail;
using Sigma.Contracts;
using Sigma.Hosting.Lines;

namespace Sigma.UnitTests.Archive.Logs;

/// <summary>A folder of one test's own, with a store of lines in it.</summary>
internal sealed class LogFolder : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    public static readonly LogRange Always = new(0, long.MaxValue);

    readonly IOptions<ArchiveOptions> _options;

    public LogFolder(Action<LogOptions>? set = null)
    {
        ArchiveOptions options = new() { Folder = Directory.CreateTempSubdirectory("sigma-archive-").FullName };
        set?.Invoke(options.Logs);
        _options = Options.Create(options);
        Open();
    }

    public string Path => _options.Value.Folder;

    public LiveTail Tail { get; } = new();

    public EmbeddedLogStore Store { get; private set; } = null!;

    public static StoredLine Line(string text, DateTimeOffset? at = null, string? level = null, string source = "tests",
        Dictionary<string, string>? labels = null, Dictionary<string, string>? fields = null) =>
        new(StoredLine.TicksOf(at ?? Noon), source, LineLevels.OfMessage(level),
            new LogLine { At = at ?? Noon, Text = text, Labels = labels ?? [], Level = level, Fields = fields });

    public Task Put(params StoredLine[] lines) => Store.Store(new LinesToStore(Guid.NewGuid(), lines), CancellationToken.None);

    /// <summary>The texts of all lines that a query finds, page by page.</summary>
    public async Task<List<StoredLine>> Find(string query, LogRange? range = null, int page = 100)
    {
        List<StoredLine> found = [];
        for (LineId? before = null; ;)
        {
            var lines = await Store.Search(LogQueryParser.Parse(query), range ?? Always, before, page, CancellationToken.None);
            Assert.True(lines.IsComplete);
            Assert.True(lines.Lines.Count <= page);
            found.AddRange(lines.Lines.Select(line => line.Line));
            if (lines.Next is not { } next)
                return found;
            Assert.Equal(page, lines.Lines.Count);
            before = next;
        }
    }

    public async Task<string[]> Texts(string query) => [.. (await Find(query)).Select(line => line.Line.Text)];

    /// <summary>Begins anew with what is in the folder.</summary>
    public async Task Restart()
    {
        await Store.DisposeAsync();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }

    void Open()
    {
        ArchiveFolder folder = new(_options);
        Store = new(folder, new EmbeddedLogSearch(folder, _options, NullLogger<EmbeddedLogSearch>.Instance), Tail, TimeProvider.System,
            NullLogger<EmbeddedLogStore>.Instance);
    }
}
