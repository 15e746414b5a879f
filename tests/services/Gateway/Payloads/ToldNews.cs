using System.Collections.Concurrent;
using MassTransit;
using Sigma.Contracts;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>What the gateway and the evaluator have told everybody, by source.</summary>
internal sealed class ToldNews
{
    readonly ConcurrentQueue<object> _told = new();

    public IReadOnlyList<AlertRaised> Raised(string source) => [.. _told.OfType<AlertRaised>().Where(alert => alert.Source == source)];

    public IReadOnlyList<AlertCleared> Cleared(string source) => [.. _told.OfType<AlertCleared>().Where(alert => alert.Source == source)];

    public IReadOnlyList<AlertAcknowledged> Acknowledged(string source) =>
        [.. _told.OfType<AlertAcknowledged>().Where(alert => alert.Source == source)];

    public IReadOnlyList<ReportedCondition> Conditions(string source) =>
        [.. _told.OfType<ConditionReported>().Where(news => news.Source == source).SelectMany(news => news.Conditions)];

    public IReadOnlyList<LogLine> Lines(string source) =>
        [.. _told.OfType<LogBatch>().Where(news => news.Source == source).SelectMany(news => news.Lines)];

    public static void Listen(IBusRegistrationConfigurator bus) => bus.AddConsumer<Listener>();

    internal sealed class Listener(ToldNews news) : IConsumer<AlertRaised>, IConsumer<AlertCleared>, IConsumer<AlertAcknowledged>,
        IConsumer<ConditionReported>, IConsumer<LogBatch>
    {
        public Task Consume(ConsumeContext<AlertRaised> context) => Keep(context.Message);
        public Task Consume(ConsumeContext<AlertCleared> context) => Keep(context.Message);
        public Task Consume(ConsumeContext<AlertAcknowledged> context) => Keep(context.Message);
        public Task Consume(ConsumeContext<ConditionReported> context) => Keep(context.Message);
        public Task Consume(ConsumeContext<LogBatch> context) => Keep(context.Message);

        Task Keep(object message)
        {
            news._told.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}
