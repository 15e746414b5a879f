using System.Collections.Concurrent;

namespace Sigma.BrowserTests;

/// <summary>One station for all tests that only look and act; each of them raises alerts of its own.</summary>
public sealed class SharedStation : IAsyncLifetime
{
    readonly KeptOutput _output = new();

    internal ConsoleStation Station { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is null)
            Station = await ConsoleStation.Start(_output);
    }

    public async Task DisposeAsync()
    {
        if (Station is not null)
            await Station.DisposeAsync();
    }

    // The station outlives each test, and with it the test's own output.
    sealed class KeptOutput : ITestOutputHelper
    {
        readonly ConcurrentQueue<string> _lines = new();

        public void WriteLine(string message) => _lines.Enqueue(message);

        public void WriteLine(string format, params object[] args) => _lines.Enqueue(string.Format(null, format, args));
    }
}

[CollectionDefinition(Name)]
public sealed class SharedStationTests : ICollectionFixture<SharedStation>
{
    public const string Name = "shared station";
}
