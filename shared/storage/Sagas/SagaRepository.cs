using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Middleware;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Sigma.Storage.Sagas;

/// <summary>
/// MassTransit's saga repository over an <see cref="ISagaTable{TSaga}"/>, inside the transaction that <c>UseTransaction</c> began for the message.
/// </summary>
internal sealed class SagaRepositoryContextFactory<TSaga>(DbSession session, ISagaTable<TSaga> table,
    ISagaConsumeContextFactory<DbSession, TSaga> contexts)
    : ISagaRepositoryContextFactory<TSaga> where TSaga : class, ISaga
{
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next) where T : class =>
        next.Send(new SagaTableContext<TSaga, T>(session, context, table, contexts));

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next) where T : class =>
        throw new NotSupportedException($"{typeof(TSaga).Name} is correlated by id alone.");

    public void Probe(ProbeContext context) => context.Add("persistence", "table");
}

internal sealed class SagaTableContext<TSaga, T>(DbSession session, ConsumeContext<T> context, ISagaTable<TSaga> table,
    ISagaConsumeContextFactory<DbSession, TSaga> contexts) : ConsumeContextScope<T>(context, session), SagaRepositoryContext<TSaga, T>
    where TSaga : class, ISaga where T : class
{
    readonly ConsumeContext<T> _context = context;

    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(ConsumeContext<TMessage> consumeContext, TSaga instance,
        SagaConsumeContextMode mode) where TMessage : class => contexts.CreateSagaConsumeContext(session, consumeContext, instance, mode);

    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance) =>
        contexts.CreateSagaConsumeContext(session, _context, instance, SagaConsumeContextMode.Add);

    public async Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance) =>
        await table.Insert(session, instance, CancellationToken)
            ? await contexts.CreateSagaConsumeContext(session, _context, instance, SagaConsumeContextMode.Insert)
            : null!;

    public async Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId) =>
        await table.Load(session, correlationId, CancellationToken) is { } saga
            ? await contexts.CreateSagaConsumeContext(session, _context, saga, SagaConsumeContextMode.Load)
            : null!;

    public async Task Save(SagaConsumeContext<TSaga> context)
    {
        if (!await table.Insert(session, context.Saga, CancellationToken))
            throw new ConcurrencyException("Another consumer has added this instance meanwhile", typeof(TSaga), context.Saga.CorrelationId);
    }

    public Task Update(SagaConsumeContext<TSaga> context) => table.Update(session, context.Saga, CancellationToken);
    public Task Delete(SagaConsumeContext<TSaga> context) => table.Delete(session, context.Saga, CancellationToken);
    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;
    public Task Undo(SagaConsumeContext<TSaga> context) => Task.CompletedTask;
}

/// <summary>Wires a saga to its table.</summary>
public static class SagaTableRegistration
{
    /// <summary>Keeps the saga in <typeparamref name="TTable"/>.</summary>
    public static ISagaRegistrationConfigurator<TSaga> InTable<TSaga, TTable>(this ISagaRegistrationConfigurator<TSaga> configurator)
        where TSaga : class, ISaga where TTable : class, ISagaTable<TSaga> =>
        configurator.Repository(repository =>
        {
            repository.TryAddSingleton<ISagaTable<TSaga>, TTable>();
            repository.RegisterSagaRepository<TSaga, DbSession, SagaConsumeContextFactory<DbSession, TSaga>, SagaRepositoryContextFactory<TSaga>>();
        });
}
