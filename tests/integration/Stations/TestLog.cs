using Microsoft.Extensions.Logging;

namespace Sigma.IntegrationTests.Stations;

/// <summary>The services' logs, shown with a test that fails.</summary>
internal sealed class TestLog(ITestOutputHelper output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(output, categoryName.Split('.')[^1]);

    public void Dispose()
    {
        // nothing is held
    }

    sealed class Logger(ITestOutputHelper output, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => level >= LogLevel.Information;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format)
        {
            if (!IsEnabled(level))
                return;
            try
            {
                output.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} {level} {category}: {format(state, exception)} {exception}");
            }
            catch (InvalidOperationException)
            {
                // the test is over
            }
        }
    }
}
