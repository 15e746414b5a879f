using MassTransit;

namespace Sigma.Storage.Sagas;

/// <summary>The statements of one saga's table: all that is written per saga.</summary>
public interface ISagaTable<TSaga> where TSaga : class, ISaga
{
    /// <summary>Reads and locks the instance; null when there is none.</summary>
    Task<TSaga?> Load(DbSession session, Guid id, CancellationToken ct);

    /// <summary>Adds the instance; false when there is one already, waiting for a transaction that is adding it at this moment.</summary>
    Task<bool> Insert(DbSession session, TSaga saga, CancellationToken ct);

    /// <summary>Writes the instance back.</summary>
    Task Update(DbSession session, TSaga saga, CancellationToken ct);

    /// <summary>Takes the instance away when it is completed.</summary>
    Task Delete(DbSession session, TSaga saga, CancellationToken ct);
}
