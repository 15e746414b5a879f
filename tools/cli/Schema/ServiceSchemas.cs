using Sigma.Evaluator.Schema;
using Sigma.Fetcher.Schema;
using Sigma.Gateway.Schema;
using Sigma.Notifier.Schema;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage.Outbox.Schema;
using Sigma.Storage.Schema;

namespace Sigma.Cli.Schema;

/// <summary>The tables of the tracker, by the service that owns them.</summary>
internal static class ServiceSchemas
{
    public static IReadOnlyList<ServiceSchema> All { get; } = [OutboxContext.Schema, FetcherContext.Schema, EvaluatorContext.Schema,
        NotifierContext.Schema, ConsoleContext.Schema, GatewayContext.Schema];
}
