using Microsoft.EntityFrameworkCore;
using Sigma.Evaluator.Schema;
using Sigma.Fetcher.Schema;
using Sigma.Gateway.Schema;
using Sigma.Notifier.Schema;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;
using Sigma.Storage.Outbox.Schema;
using Sigma.Storage.Schema;

namespace Sigma.UnitTests.Schema;

public sealed class Models_and_migrations
{
    static readonly ServiceSchema[] Schemas = [OutboxContext.Schema, FetcherContext.Schema, EvaluatorContext.Schema, NotifierContext.Schema,
        ConsoleContext.Schema, GatewayContext.Schema];

    [Theory, InlineData(StorageProvider.MySql), InlineData(StorageProvider.Sqlite)]
    public void Say_the_same(StorageProvider provider)
    {
        foreach (var schema in Schemas)
        {
            using var context = schema.Open(Dialects.Of(provider), null);
            Assert.False(context.Database.HasPendingModelChanges(),
                $"The model of the {schema.Name} has changes that no migration makes (dotnet ef migrations add)");
        }
    }

    [Theory, InlineData(StorageProvider.MySql), InlineData(StorageProvider.Sqlite)]
    public void Are_found_without_a_model(StorageProvider provider)
    {
        foreach (var schema in Schemas)
        {
            using var context = schema.Open(Dialects.Of(provider), null);
            Assert.Equal(context.Database.GetMigrations(), schema.Migrations(Dialects.Of(provider)));
        }
    }
}
