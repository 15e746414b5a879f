using Microsoft.Extensions.Logging.Abstractions;
using Sigma.Hosting.Time;
using Sigma.Storage;

namespace Sigma.ServiceTests.Clocks;

public sealed class Beside_the_database : IDisposable
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly string _file = Path.Combine(Path.GetTempPath(), $"sigma-clock-{Guid.NewGuid():N}.db");
    readonly ShiftedClock _machine = new();

    [Theory, InlineData(3 * 3600), InlineData(-3 * 3600), InlineData(8)]
    public async Task A_machine_that_is_off_goes_by_the_databases_time(int seconds)
    {
        _machine.Advance(seconds * Second);

        var clock = await Started();

        Assert.InRange(clock.GetUtcNow(), TimeProvider.System.GetUtcNow() - Second, TimeProvider.System.GetUtcNow() + Second);
    }

    [Theory, InlineData(3), InlineData(-3)]
    public async Task A_machine_that_is_off_by_little_goes_by_its_own(int seconds)
    {
        _machine.Advance(seconds * Second);

        var clock = await Started();

        Assert.InRange(clock.GetUtcNow() - seconds * Second, TimeProvider.System.GetUtcNow() - Second, TimeProvider.System.GetUtcNow() + Second);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
            File.Delete(file);
    }

    async Task<HoldoverClock> Started()
    {
        var clock = new HoldoverClock(_machine, () => NullLogger.Instance);
        var database = new Database(Dialects.Of(StorageProvider.Sqlite), $"Data Source={_file}");
        await new DatabaseClock(database, clock, NullLogger<DatabaseClock>.Instance).ReadAtStart(CancellationToken.None);
        return clock;
    }
}
