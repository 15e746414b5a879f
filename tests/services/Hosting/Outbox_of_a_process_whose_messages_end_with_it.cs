using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Hosting;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.ServiceTests.Hosting;

/// <summary>With the bus in memory a row of the outbox stays until its message has reached whom it is for: a restart sends it again.</summary>
public sealed class Outbox_of_a_process_whose_messages_end_with_it : IAsyncLifetime
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"sigma-outbox-{Guid.NewGuid():N}.db");
    readonly Teller _teller = new();
    readonly Bystander _bystander = new();
    WebApplication _app = null!;

    [Fact]
    public async Task Keeps_a_message_that_a_bystander_has_seen_until_the_one_it_is_for_has_finished_it()
    {
        await Publish(new RulesChanged { Revision = 7, Rules = [], InForceAt = DateTimeOffset.UnixEpoch });
        await _bystander.Seen.Task.WaitAsync(Await.Patience);
        await _teller.Begun.Task.WaitAsync(Await.Patience);

        // Once the next one's row is gone, so would be that of a message that counts as finished.
        await Publish(new OccurrencesExcused { Source = "segware", OccurrenceIds = ["1"] });
        await _teller.Excused.Task.WaitAsync(Await.Patience);
        await Await.Until(() => Rows("occurrenceIds"), rows => rows == 0, "the row of the message that is finished is deleted");
        Assert.Equal(1, await Rows("inForceAt"));

        _teller.MayEnd.TrySetResult();
        await Await.Until(() => Rows("inForceAt"), rows => rows == 0, "the row is deleted");
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={_file}",
        });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(_teller).AddSingleton(_bystander).AddSingleton(new BystanderQueue("bystander"));
        _app = await ServiceHost.Start("outbox", builder, service => service.Consumers(bus =>
        {
            bus.AddConsumer<Teller>().Endpoint(endpoint => endpoint.Name = "teller");
            bus.AddConsumer<Bystander>().Endpoint(endpoint => endpoint.Name = "bystander");
        }), default);
    }

    public async Task DisposeAsync()
    {
        _teller.MayEnd.TrySetResult(); // a bus that stops waits for it
        await _app.StopAsync();
        await _app.DisposeAsync();
        File.Delete(_file);
    }

    Database Database => _app.Services.GetRequiredService<Database>();

    async Task<long> Rows(string named)
    {
        await using var session = await Database.Begin(default);
        return await session.First<long>("select count(*) from outbox where instr(body, @named) > 0", new { named }, default);
    }

    async Task Publish<T>(T message) where T : class
    {
        var outbox = _app.Services.GetRequiredService<OutboxSender>();
        await using var session = await Database.Begin(default);
        await outbox.Publish(session, message, Guid.NewGuid(), default);
        await outbox.Commit(session, default);
    }

    internal sealed class Teller : IConsumer<RulesChanged>, IConsumer<OccurrencesExcused>
    {
        public TaskCompletionSource Excused { get; } = new();

        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource MayEnd { get; } = new();

        public Task Consume(ConsumeContext<RulesChanged> context)
        {
            Begun.TrySetResult();
            return MayEnd.Task;
        }

        public Task Consume(ConsumeContext<OccurrencesExcused> context)
        {
            Excused.TrySetResult();
            return Task.CompletedTask;
        }
    }

    internal sealed class Bystander : IConsumer<RulesChanged>
    {
        public TaskCompletionSource Seen { get; } = new();

        public Task Consume(ConsumeContext<RulesChanged> context)
        {
            Seen.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
