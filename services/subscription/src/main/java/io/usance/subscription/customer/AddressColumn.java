package io.usance.subscription.customer;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.contracts.subscription.Address;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;

@Converter
class AddressColumn extends JsonColumn<Address> {
    AddressColumn() {
        super(new TypeReference<>() {});
    }
}
